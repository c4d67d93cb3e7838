#include "sheet.h"

#include <algorithm>

namespace limner::sitters {

Image contact_sheet(const std::vector<Image>& pictures, int columns, int gap) {
    if (pictures.empty()) return {};
    const int n = pictures[0].width, count = static_cast<int>(pictures.size());
    columns = std::clamp(columns, 1, count);
    const int rows = (count + columns - 1) / columns;
    Image sheet{columns * n + (columns - 1) * gap, rows * n + (rows - 1) * gap, {}};
    sheet.rgb.assign(static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height) * 3, 24);
    for (int i = 0; i < count; ++i)
        for (int y = 0; y < n; ++y) {
            const auto from =
                pictures[static_cast<std::size_t>(i)].rgb.begin() + static_cast<std::ptrdiff_t>(y) * n * 3;
            const auto to = (static_cast<std::ptrdiff_t>(i / columns * (n + gap) + y) * sheet.width +
                             i % columns * (n + gap)) *
                            3;
            std::copy(from, from + static_cast<std::ptrdiff_t>(n) * 3, sheet.rgb.begin() + to);
        }
    return sheet;
}

}  // namespace limner::sitters
