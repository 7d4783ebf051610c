/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_security.c: time of f8, f9, key derivation and AKA; with libtomcrypt, KASUMI compared with libtomcrypt's.
 *
 * Each figure is the best of several rounds, which alternate between the codecs, so that a busy machine disturbs all of
 * them equally. Usage: bench_security [ROUNDS]
 * Built by "make test/bench/bench_security", with libtomcrypt by adding CPPFLAGS=-DHAVE_TOMCRYPT LIBS=-ltomcrypt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <iuplus/security.h>

#ifdef HAVE_TOMCRYPT
#include <tomcrypt.h>
#endif

#define MAX_LEN 1500

static uint8_t message[MAX_LEN + 16], key[16] = { 1, 2, 3 }, key2[16] = { 4, 5, 6 }, key32[32] = { 7 };
static struct iuplus_security_cipher cipher[3];
static struct iuplus_security_integrity integrity[3];
static volatile uint8_t sink;

static void f8(unsigned uea, size_t len)
{
	iuplus_security_cipher_run(&cipher[uea], 1, 1, 0, message, message, 8 * (uint64_t)len);
}

static void uea1(size_t len)
{
	f8(1, len);
}

static void uea2(size_t len)
{
	f8(2, len);
}

static void uea1_key(size_t len)
{
	iuplus_security_f8(1, key, 1, 1, 0, message, message, 8 * (uint64_t)len);
}

static void f9(unsigned uia, size_t len)
{
	uint8_t mac[4];

	iuplus_security_integrity_mac(&integrity[uia], 1, 2, 0, message, 8 * (uint64_t)len, mac);
	sink = mac[0];
}

static void uia1(size_t len)
{
	f9(1, len);
}

static void uia2(size_t len)
{
	f9(2, len);
}

static void uia1_key(size_t len)
{
	uint8_t mac[4];

	iuplus_security_f9(1, key, 1, 2, 0, message, 8 * (uint64_t)len, mac);
	sink = mac[0];
}

static void k_rnc(size_t len)
{
	uint8_t out[32];

	(void)len;
	iuplus_security_k_rnc(key, key2, 1, IUPLUS_DOMAIN_PS, NULL, out);
	sink = out[0];
}

static void keys(size_t len)
{
	uint8_t ck_u[16], ik_u[16];

	(void)len;
	iuplus_security_keys_from_k_rnc(key32, NULL, ck_u, ik_u);
	sink = ik_u[0];
}

static void vector(size_t len)
{
	static const uint8_t amf[2];
	struct iuplus_security_vector v;

	(void)len;
	iuplus_security_aka_vector(key, key2, 32, amf, message, &v);
	sink = v.autn[0];
}

#ifdef HAVE_TOMCRYPT
static int tom_kasumi;

static void tom_uea1(size_t len)
{
	static symmetric_F8 f8_state;
	uint8_t iv[8] = { 0, 0, 0, 1, 8 }, km[16];

	memset(km, 0x55, sizeof km);
	if (!f8_state.blocklen)
		f8_start(tom_kasumi, iv, key, 16, km, sizeof km, 0, &f8_state);
	f8_setiv(iv, 8, &f8_state);
	f8_encrypt(message, message, len, &f8_state);
}

static void tom_uia1(size_t len)
{
	unsigned long mac_len = 4;
	uint8_t mac[8];

	/* its f9 takes the padded string: COUNT, FRESH, the message, DIRECTION and the 1 */
	f9_memory(tom_kasumi, key, 16, message, (len + 8 + 1 + 7) / 8 * 8, mac, &mac_len);
	sink = mac[0];
}
#endif

struct contestant {
	const char *name;
	void (*run)(size_t len);
	bool by_length;
};

static const struct contestant list[] = {
	{ "UEA1, key ready", uea1, true },
	{ "UEA1 with key schedule", uea1_key, true },
	{ "UIA1, key ready", uia1, true },
	{ "UIA1 with key schedule", uia1_key, true },
	{ "UEA2", uea2, true },
	{ "UIA2", uia2, true },
#ifdef HAVE_TOMCRYPT
	{ "libtomcrypt KASUMI f8, key ready", tom_uea1, true },
	{ "libtomcrypt KASUMI f9 with key schedule", tom_uia1, true },
#endif
	{ "K_RNC from CK||IK", k_rnc, false },
	{ "CK_U, IK_U from K_RNC", keys, false },
	{ "authentication vector", vector, false }
};
#define COUNT (sizeof list / sizeof list[0])

static const size_t lengths[] = { 16, 32, 64, 256, 1500 };
#define LENGTHS (sizeof lengths / sizeof lengths[0])

static double measure(const struct contestant *c, size_t len)
{
	unsigned calls = (unsigned)(100000 / (len + 50)) + 1;
	struct timespec begin, end;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (unsigned i = 0; i < calls; i++)
		c->run(len);
	clock_gettime(CLOCK_MONOTONIC, &end);
	return ((double)(end.tv_sec - begin.tv_sec) * 1e9 + (double)(end.tv_nsec - begin.tv_nsec)) / calls;
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 100;
	static double best[COUNT][LENGTHS];

	if (!rounds) {
		fprintf(stderr, "usage: %s [ROUNDS]\n", argv[0]);
		return 64;
	}
#ifdef HAVE_TOMCRYPT
	tom_kasumi = register_cipher(&kasumi_desc);
#endif
	for (unsigned a = 0; a < 3; a++) {
		iuplus_security_cipher_init(&cipher[a], a, key);
		if (a)
			iuplus_security_integrity_init(&integrity[a], a, key);
	}
	for (unsigned round = 0; round < rounds; round++) {
		for (size_t l = 0; l < LENGTHS; l++) {
			for (size_t c = 0; c < COUNT; c++) {
				double ns = measure(&list[c], lengths[l]);

				if (!round || ns < best[c][l])
					best[c][l] = ns;
			}
		}
	}
	printf("%-42s", "ns per call (Mbit/s)");
	for (size_t l = 0; l < LENGTHS; l++)
		printf(" %10zu B  ", lengths[l]);
	putchar('\n');
	for (size_t c = 0; c < COUNT; c++) {
		printf("%-42s", list[c].name);
		for (size_t l = 0; l < (list[c].by_length ? LENGTHS : 1); l++)
			if (list[c].by_length)
				printf(" %6.0f (%5.0f)", best[c][l], 8e3 * (double)lengths[l] / best[c][l]);
			else
				printf(" %6.0f", best[c][l]);
		putchar('\n');
	}
	return 0;
}
