// Any bytes as a picture with labels (PNG, JPEG, WebP). What can be read can be labelled anew, and read again.
#include "base/checksum.h"
#include "export/labels.h"

#include <cstdlib>

namespace {

// Right sums, so that the fuzzer gets past them.
limner::Bytes mended(limner::ByteView bytes) {
    using namespace limner;
    Bytes out(bytes.begin(), bytes.end());
    if (!starts_with(bytes, "\x89PNG")) return out;
    for (std::size_t at = 8; at + 12 <= out.size();) {
        const std::size_t length = big_endian(out, at, 4);
        if (length > out.size() - at - 12) break;
        const std::uint32_t sum = crc32(ByteView(out).subspan(at + 4, length + 4));
        for (std::size_t i = 0; i < 4; ++i)
            out[at + 8 + length + i] = static_cast<std::uint8_t>(sum >> (24 - 8 * i));
        at += length + 12;
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace limner;
    const Bytes file = mended({data, size});
    const Result<FileLabels> labels = read_labels(file);
    if (!labels) return 0;
    Label label;
    label.source = SourceType::filtered;
    label.creator_tool = "Limner";
    label.recipe = "{}";
    const Result<Bytes> out = with_labels(file, label, &*labels, size % 2 == 0);
    if (!out) return 0;  // a label too long for a JPEG
    const Result<FileLabels> again = read_labels(*out);
    if (!again || again->width != labels->width || again->height != labels->height || again->recipe != "{}")
        std::abort();
    return 0;
}
