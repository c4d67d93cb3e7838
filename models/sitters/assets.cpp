#include "assets.h"

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>

namespace limner::sitters {
namespace {

namespace fs = std::filesystem;

constexpr const char* inputs[] = {"makehuman/3dobjs/base.obj", "makehuman/targets.npz",
                                  "ict-facekit/facekit.npz", "ict-facekit/generic_neutral_mesh.obj",
                                  "ict-facekit/vertex_indices.json"};
constexpr std::uint32_t version = 3;

struct Section {
    char name[32];
    std::uint32_t type, dimensions, shape[3], zero;
    std::uint64_t offset;
};
static_assert(sizeof(Section) == 64);

class Sections {
public:
    static std::optional<Sections> read(const fs::path& file) {
        std::ifstream in(file, std::ios::binary | std::ios::ate);
        if (!in) return std::nullopt;
        Sections s;
        auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(in.tellg()));
        in.seekg(0);
        if (!in.read(reinterpret_cast<char*>(bytes->data()), static_cast<std::streamsize>(bytes->size())))
            return std::nullopt;
        if (bytes->size() < 16 || std::memcmp(bytes->data(), "LIMNBODY", 8) != 0) return std::nullopt;
        std::uint32_t head[2];
        std::memcpy(head, bytes->data() + 8, 8);
        if (head[0] != version || 16 + head[1] * sizeof(Section) > bytes->size()) return std::nullopt;
        for (std::uint32_t i = 0; i < head[1]; ++i) {
            Section one;
            std::memcpy(&one, bytes->data() + 16 + i * sizeof(Section), sizeof one);
            one.name[31] = 0;
            const std::uint64_t count = std::uint64_t{one.shape[0]} * one.shape[1] * one.shape[2];
            if (one.offset + count * (one.type == 2 ? 1 : 4) > bytes->size()) return std::nullopt;
            s.table_[one.name] = one;
        }
        s.bytes_ = std::move(bytes);
        return s;
    }

    template <class T>
    std::span<const T> get(const std::string& name) const {
        const auto it = table_.find(name);
        if (it == table_.end()) {
            complete_ = false;
            return {};
        }
        const Section& s = it->second;
        const std::size_t size = std::size_t{s.shape[0]} * s.shape[1] * s.shape[2] * (s.type == 2 ? 1 : 4);
        return {reinterpret_cast<const T*>(bytes_->data() + s.offset), size / sizeof(T)};
    }
    bool complete() const { return complete_; }
    std::shared_ptr<const std::vector<std::byte>> bytes() const { return bytes_; }

private:
    std::map<std::string, Section> table_;
    std::shared_ptr<const std::vector<std::byte>> bytes_;
    mutable bool complete_ = true;
};

std::vector<std::string> lines(std::span<const char> text) {
    std::vector<std::string> out(1);
    for (const char c : text) {
        if (c == '\n')
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

// Beside this source where it was compiled; from the project's folder otherwise.
fs::path prepare_dir() {
    const fs::path beside = fs::path(__FILE__).parent_path() / "prepare";
    std::error_code none;
    return fs::exists(beside, none) ? beside : fs::path("models/sitters/prepare");
}

bool made_from(const Sections& sections, const fs::path& assets_dir) {
    const auto sizes = sections.get<std::uint32_t>("input_bytes");
    if (sizes.size() != std::size(inputs)) return false;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        std::error_code none;
        if (fs::file_size(assets_dir / inputs[i], none) != sizes[i]) return false;
    }
    return true;
}

std::string quoted(const fs::path& path) {
    std::string out = "'";
    for (const char c : path.string()) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

Assets cut(const Sections& s) {
    Assets a;
    a.bytes = s.bytes();
    a.base = s.get<Vec3>("base");
    a.average = s.get<Vec3>("average");
    a.joints = s.get<std::array<std::uint32_t, 8>>("joints");
    const auto names = lines(s.get<char>("target_names"));
    const auto first = s.get<std::uint32_t>("target_first");
    const auto index = s.get<std::uint32_t>("target_index");
    const auto delta = s.get<Vec3>("target_delta");
    for (std::size_t i = 0; i + 1 < first.size() && i < names.size(); ++i) {
        const std::size_t n = first[i + 1] - first[i];
        a.targets[names[i]] = {index.subspan(first[i], n), delta.subspan(first[i], n)};
    }
    a.shape_vertex = s.get<std::uint32_t>("shape_vertex");
    a.identity = s.get<Vec3>("identity");
    a.scan_average = s.get<Vec3>("scan_average");
    int row = 0;
    for (const std::string& name : lines(s.get<char>("expression_names"))) a.expressions[name] = row++;
    a.expression = s.get<Vec3>("expression");
    a.cage_quad = s.get<Quad>("cage_quad");
    a.fine_first = s.get<std::uint32_t>("fine_first");
    a.fine_index = s.get<std::uint32_t>("fine_index");
    a.fine_weight = s.get<float>("fine_weight");
    a.fine_quad = s.get<Quad>("fine_quad");
    a.split_of = s.get<std::uint32_t>("split_of");
    a.split_uv = s.get<Vec2>("split_uv");
    a.split_quad = s.get<Quad>("split_quad");
    a.quad_in_mouth = s.get<std::uint8_t>("quad_in_mouth");
    a.fine_lips = s.get<float>("fine_lips");
    a.fine_thickness = s.get<float>("fine_thickness");
    a.lip_upper = s.get<std::uint32_t>("lip_upper");
    a.lip_lower = s.get<std::uint32_t>("lip_lower");
    a.seal_vertex = s.get<std::uint32_t>("seal_vertex");
    a.seal_weight = s.get<float>("seal_weight");
    a.landmark = s.get<std::uint32_t>("landmark");
    for (int side = 0; side < 2; ++side) {
        a.ear[side] = s.get<std::uint32_t>(side == 0 ? "ear_left" : "ear_right");
        a.ear_root[side] = s.get<std::uint32_t>(side == 0 ? "ear_root_left" : "ear_root_right");
    }
    for (int side = 0; side < 2; ++side) {
        const std::string p = side == 0 ? "lid_left_" : "lid_right_";
        a.lids[side] = {s.get<std::uint32_t>(p + "upper"),  s.get<std::uint32_t>(p + "lower"),
                        s.get<std::uint32_t>(p + "vertex"), s.get<float>(p + "weight"),
                        s.get<float>(p + "depth"),          s.get<std::uint8_t>(p + "side"),
                        s.get<float>(p + "cage_weight"),    s.get<std::uint8_t>(p + "cage_side")};
    }
    a.cape_vertex = s.get<Quad>("cape_vertex");
    a.cape_weight = s.get<std::array<float, 4>>("cape_weight");
    a.cape_azimuth = s.get<float>("cape_azimuth");
    a.cape_step = s.get<float>("cape_step");
    a.mouth_position = s.get<Vec3>("mouth_position");
    a.mouth_quad = s.get<Quad>("mouth_quad");
    a.mouth_kind = s.get<std::uint8_t>("mouth_kind");
    a.mouth_jaw = s.get<float>("mouth_jaw");
    if (const auto motion = s.get<Vec3>("jaw_motion"); motion.size() == 3) {
        a.jaw_hinge = motion[0];
        a.jaw_axis = motion[1];
        a.jaw_slide = motion[2];
    }
    return a;
}

}  // namespace

Result<Assets> load_assets(const fs::path& assets_dir, const fs::path& cache_dir) {
    for (const char* input : inputs) {
        std::error_code none;
        const auto size = fs::file_size(assets_dir / input, none);
        if (none)
            return Error{"assets.missing", "The sitters need " + (assets_dir / input).string() +
                                               ", which is not there. `./limner assets` fetches it; "
                                               "LIMNER_ASSETS names another folder."};
        if (size < 1000)
            return Error{"assets.truncated", (assets_dir / input).string() +
                                                 " is cut short; `./limner assets` fetches it again."};
    }
    const fs::path file = cache_dir / "body-3.bin";
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (const auto sections = Sections::read(file); sections && made_from(*sections, assets_dir)) {
            Assets assets = cut(*sections);
            if (sections->complete()) return assets;
        }
        if (attempt > 0) break;
        const std::string command = "/usr/bin/python3 " + quoted(prepare_dir()) + " --assets " +
                                    quoted(assets_dir) + " --out " + quoted(file) + " 1>&2";
        if (std::system(command.c_str()) != 0) break;
    }
    return Error{"assets.prepare", "The body could not be prepared from " + assets_dir.string() + " into " +
                                       file.string() + "; the reason is printed above."};
}

}  // namespace limner::sitters
