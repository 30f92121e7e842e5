/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

int strcmp(const char *one, const char *other)
{
    while (*one && *one == *other) {
        ++one;
        ++other;
    }
    return (int)*(const unsigned char *)one - (int)*(const unsigned char *)other;
}
