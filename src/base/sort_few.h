// For lists of a few dozen: a fraction of the code that std::sort and std::stable_sort bring for every type and order.
#pragma once
#include <algorithm>
#include <functional>

namespace limner {

// Equals keep their order. The time grows with the square of the length.
template <class List, class Less = std::less<>>
void sort_few(List& list, Less less = {}) {
    for (auto at = list.begin(); at != list.end(); ++at) {
        std::rotate(std::upper_bound(list.begin(), at, *at, less), at, at + 1);
    }
}

}  // namespace limner
