/* SPDX-License-Identifier: BSD-2-Clause */
/* key.c: treatment of key material: wiping, comparison, fingerprints. */
#include <string.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <iuplus/security.h>

void iuplus_security_wipe(void *p, size_t len)
{
	if (!len)
		return;
	memset(p, 0, len);
	/* the compiler must not omit the wiping because the memory is not read again */
	__asm__ volatile("" : : "r"(p) : "memory");
}

bool iuplus_security_equal(const void *a, const void *b, size_t len)
{
	return !len || CRYPTO_memcmp(a, b, len) == 0;
}

void iuplus_security_fingerprint(const uint8_t *key, size_t len, char out[IUPLUS_SECURITY_FINGERPRINT_SIZE])
{
	static const char digit[] = "0123456789abcdef";
	uint8_t hash[EVP_MAX_MD_SIZE];

	if (!EVP_Digest(key, len, hash, NULL, EVP_sha256(), NULL)) {
		memset(out, '?', IUPLUS_SECURITY_FINGERPRINT_SIZE - 1);
	} else {
		for (unsigned i = 0; i < (IUPLUS_SECURITY_FINGERPRINT_SIZE - 1) / 2; i++) {
			out[2 * i] = digit[hash[i] >> 4];
			out[2 * i + 1] = digit[hash[i] & 15];
		}
	}
	out[IUPLUS_SECURITY_FINGERPRINT_SIZE - 1] = '\0';
	iuplus_security_wipe(hash, sizeof hash);
}
