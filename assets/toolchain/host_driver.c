/*
 * Runs the model on this computer: inputs on standard input, one behind the other, answers on
 * standard output. Each answer is a record: tensor (int32; -1 for the output), bytes (uint32),
 * content. Exit status 3: the model wrote outside its arena.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "studio-model.h"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define WATCHED 1
#endif
#ifdef WATCHED
#define FENCE 0 /* the sanitizer sees the end of the block itself */
#else
#define FENCE 256
#endif

void studio_trace(int tensor, const void *data, unsigned long bytes);

void studio_trace(int tensor, const void *data, unsigned long bytes)
{
    const int32_t index = tensor;
    const uint32_t count = (uint32_t)bytes;
    fwrite(&index, 1, sizeof index, stdout);
    fwrite(&count, 1, sizeof count, stdout);
    fwrite(data, 1, count, stdout);
}

static int intact(const uint8_t *fence)
{
    for (int i = 0; i < FENCE; ++i) {
        if (fence[i] != 0xC3) return 0;
    }
    return 1;
}

int main(void)
{
    uint8_t *block = malloc(Model_arena_bytes + 2 * FENCE);
    uint8_t *input = malloc(Model_input_bytes);
    uint8_t *output = malloc(Model_output_bytes);
    int pattern = 0xA5;
    if (!block || !input || !output) return 4;
#ifdef _WIN32
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    uint8_t *arena = block + FENCE;
    memset(block, 0xC3, Model_arena_bytes + 2 * FENCE);
    while (fread(input, 1, Model_input_bytes, stdin) == Model_input_bytes) {
        /* What an earlier inference left behind must not matter. */
        memset(arena, pattern, Model_arena_bytes);
        pattern ^= 0xFF;
        Model_put(arena, input);
        Model_run(arena);
        if (!intact(block) || !intact(arena + Model_arena_bytes)) return 3;
        Model_get(arena, output);
        studio_trace(-1, output, Model_output_bytes);
    }
    free(output);
    free(input);
    free(block);
    return fflush(stdout) ? 4 : 0;
}
