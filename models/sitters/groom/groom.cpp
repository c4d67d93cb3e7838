#include "../groom.h"

#include "make.h"

#include <bit>

namespace limner::sitters {

std::vector<Strands> groom(const Body& body, const Sitter& sitter) {
    Wish wish;
    wish.hair_style = sitter.choice("hair.style");
    wish.beard_style = sitter.choice("beard.style");
    wish.length = sitter.reached("hair.length");
    wish.volume = sitter.number("hair.volume");
    wish.curl = sitter.number("hair.curl");
    wish.part = sitter.number("hair.part");
    wish.hairline = sitter.number("hair.hairline");
    wish.messy = sitter.number("hair.messy");
    wish.beard_length = sitter.reached("beard.length");
    wish.beard_density = sitter.number("beard.density");
    wish.brow_thickness = sitter.number("brows.thickness");
    wish.brow_arch = sitter.number("brows.arch");
    wish.lash_length = sitter.number("lashes.length");
    wish.presentation = sitter.number("presentation");
    wish.age = sitter.number("age");
    wish.mirror = wish.part < 0;
    if (wish.mirror) wish.part = -wish.part;
    wish.seed = hashed("groom");
    for (const float n : sitter.noise)
        wish.seed = (wish.seed ^ std::bit_cast<std::uint32_t>(n)) * 0x100000001B3ULL;
    return make_hair(body, wish);
}

}  // namespace limner::sitters
