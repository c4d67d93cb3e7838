// PNG (ISO/IEC 15948): pictures out, with their label.
#pragma once
#include "export/labels.h"
#include "finish/picture.h"

namespace limner {

// 8 bits a channel; RGB if every pixel is opaque, else RGBA. The label's XMP is in the iTXt chunk "XML:com.adobe.xmp",
// its recipe in the iTXt chunk "limner". Fails ("png.size") if the picture's numbers do not fit together.
Result<Bytes> write_png(const Picture& picture, const Label& label);

}  // namespace limner
