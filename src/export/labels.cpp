#include "export/labels.h"

#include "export/exif.h"
#include "export/formats.h"

namespace limner {
namespace {

constexpr std::size_t kMaxFile = std::size_t{512} << 20;

Result<FileKind> kind_of(ByteView file) {
    if (file.size() > kMaxFile) return Error{"file.size", "This picture file is larger than 512 MiB."};
    if (starts_with(file, "\x89PNG\r\n\x1A\n")) return FileKind::png;
    if (starts_with(file, "\xFF\xD8\xFF")) return FileKind::jpeg;
    if (starts_with(file, "RIFF") && text_of(file).substr(0, 12).ends_with("WEBP")) return FileKind::webp;
    return Error{"file.kind", "This file is not a PNG, JPEG or WebP picture."};
}

}  // namespace

Result<FileLabels> read_labels(ByteView file) {
    const Result<FileKind> kind = kind_of(file);
    if (!kind) return kind.error();
    Result<FileLabels> labels = *kind == FileKind::png    ? read_png(file)
                                : *kind == FileKind::jpeg ? read_jpeg(file)
                                                          : read_webp(file);
    if (!labels) return labels;
    labels->kind = *kind;
    if (labels->recipe.empty() && !labels->xmp.empty()) {
        if (const Result<PacketWords> words = read_xmp(labels->xmp)) labels->recipe = words->recipe;
    }
    return labels;
}

Result<Bytes> with_labels(ByteView file, const Label& label, const FileLabels* original, bool keep_place) {
    const Result<FileKind> kind = kind_of(file);
    if (!kind) return kind.error();
    FileLabels labels;
    const RecipeIn where = *kind == FileKind::png ? RecipeIn::elsewhere : RecipeIn::packet;
    Result<std::string> packet =
        xmp_packet(label, where, original ? original->xmp : std::string_view(), keep_place);
    if (!packet) packet = xmp_packet(label, where);
    if (!packet) return packet.error();
    labels.xmp = *std::move(packet);
    if (where == RecipeIn::elsewhere) labels.recipe = label.recipe;
    if (original) {
        if (const Result<Bytes> exif = carried_exif(original->exif, keep_place)) labels.exif = *exif;
        labels.iptc = original->iptc;
    }
    switch (*kind) {
        case FileKind::png: return relabel_png(file, labels);
        case FileKind::jpeg: return relabel_jpeg(file, labels);
        case FileKind::webp: break;
    }
    return relabel_webp(file, labels);
}

}  // namespace limner
