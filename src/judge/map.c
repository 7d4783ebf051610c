/* SPDX-License-Identifier: BSD-2-Clause */
/* map.c: a hash table from numbers to numbers, and the numbers of octet strings. */
#include <stdlib.h>

#include "src/judge/judge_int.h"

#define EMPTY 0u
#define DELETED 1u

uint64_t judge_hash(const void *octets, size_t len)
{
	const uint8_t *p = octets;
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ p[i]) * UINT64_C(0x100000001b3);
	return judge_mix(h, len);
}

/* Each step can be undone, so that with one b no two a have the same number (cells' marks 0 and 1 excepted). */
uint64_t judge_mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ a >> 32) * UINT64_C(0xff51afd7ed558ccd);

	h += (b + 1) * UINT64_C(0x9e3779b97f4a7c15);
	h = (h ^ h >> 29) * UINT64_C(0xc4ceb9fe1a85ec53);
	h ^= h >> 32;
	return h > DELETED ? h : h + 2;
}

/* The cell of key, or the one where it would be put; room is a power of two and never full. */
static size_t find(const struct judge_map *map, uint64_t key)
{
	size_t i = judge_mix(key, 0) & (map->room - 1), put = map->room;

	for (; map->cells[i][0] != EMPTY; i = (i + 1) & (map->room - 1)) {
		if (map->cells[i][0] == key)
			return i;
		if (map->cells[i][0] == DELETED && put == map->room)
			put = i;
	}
	return put < map->room ? put : i;
}

uint64_t judge_map_get(const struct judge_map *map, uint64_t key)
{
	size_t i;

	if (map->room == 0 || key <= DELETED)
		return 0;
	i = find(map, key);
	return map->cells[i][0] == key ? map->cells[i][1] : 0;
}

static bool grow(struct judge_map *map)
{
	struct judge_map bigger = { .room = map->room ? map->room : 64 };
	size_t i, live = 0;

	/* when most of the cells are deleted ones, the room is enough */
	for (i = 0; i < map->room; i++)
		live += map->cells[i][0] > DELETED;
	if (map->room && 4 * live > map->room)
		bigger.room *= 2;
	bigger.cells = calloc(bigger.room, sizeof(*bigger.cells));
	if (!bigger.cells)
		return false;
	for (i = 0; i < map->room; i++) {
		if (map->cells[i][0] > DELETED) {
			size_t to = find(&bigger, map->cells[i][0]);

			bigger.cells[to][0] = map->cells[i][0];
			bigger.cells[to][1] = map->cells[i][1];
			bigger.used++;
		}
	}
	free(map->cells);
	*map = bigger;
	return true;
}

bool judge_map_set(struct judge_map *map, uint64_t key, uint64_t value)
{
	size_t i;

	if (key <= DELETED || (value == 0 && map->room == 0))
		return true;
	if (value && 2 * (map->used + 1) > map->room && !grow(map))
		return false;
	i = find(map, key);
	if (map->cells[i][0] == key) {
		map->cells[i][1] = value;
		if (value == 0)
			map->cells[i][0] = DELETED;
	} else if (value) {
		/* a deleted cell counts as used already */
		map->used += map->cells[i][0] == EMPTY;
		map->cells[i][0] = key;
		map->cells[i][1] = value;
	}
	return true;
}

void judge_map_free(struct judge_map *map)
{
	free(map->cells);
	*map = (struct judge_map){ .cells = NULL };
}
