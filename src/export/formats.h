// The three containers behind labels.h. `read_*` finds the labels, `relabel_*` copies the file with its old labels
// (XMP, EXIF, IPTC, recipe) replaced by those given; everything else is copied byte by byte.
#pragma once
#include "export/labels.h"

namespace limner {

Result<FileLabels> read_png(ByteView file);
Result<Bytes> relabel_png(ByteView file, const FileLabels& labels);

Result<FileLabels> read_jpeg(ByteView file);
Result<Bytes> relabel_jpeg(ByteView file, const FileLabels& labels);

Result<FileLabels> read_webp(ByteView file);
Result<Bytes> relabel_webp(ByteView file, const FileLabels& labels);

inline Error broken_file(const char* kind, const std::string& why) {
    return Error{"file.broken", std::string("This ") + kind + " is damaged: " + why + "."};
}

}  // namespace limner
