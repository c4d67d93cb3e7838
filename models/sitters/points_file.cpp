#include "points_file.h"

#include <cstring>

namespace limner::sitters {

void put(std::vector<std::uint8_t>& out, const void* data, std::size_t bytes) {
    out.resize(out.size() + bytes);
    std::memcpy(out.data() + out.size() - bytes, data, bytes);
}

std::vector<std::uint8_t> points_file(std::string_view magic, std::uint32_t points,
                                      const std::vector<std::vector<float>>& inputs,
                                      const std::vector<std::vector<float>>& rows) {
    std::vector<std::uint8_t> out;
    const std::uint32_t head[4] = {1, static_cast<std::uint32_t>(inputs.empty() ? 0 : inputs[0].size()),
                                   points, static_cast<std::uint32_t>(inputs.size())};
    put(out, magic.data(), magic.size());
    put(out, head, sizeof head);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        put(out, inputs[i].data(), inputs[i].size() * sizeof(float));
        put(out, rows[i].data(), rows[i].size() * sizeof(float));
    }
    return out;
}

}  // namespace limner::sitters
