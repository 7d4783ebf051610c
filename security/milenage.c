/* SPDX-License-Identifier: BSD-2-Clause */
/* milenage.c: MILENAGE (TS 35.206) over AES-128. */
#include <string.h>

#include <openssl/evp.h>

#include <iuplus/security.h>

/* E_K: NULL when libcrypto fails. */
static EVP_CIPHER_CTX *aes_begin(const uint8_t k[16])
{
	EVP_CIPHER_CTX *aes = EVP_CIPHER_CTX_new();

	if (aes &&
	    (!EVP_EncryptInit_ex(aes, EVP_aes_128_ecb(), NULL, k, NULL) || !EVP_CIPHER_CTX_set_padding(aes, 0))) {
		EVP_CIPHER_CTX_free(aes);
		return NULL;
	}
	return aes;
}

static bool aes_block(EVP_CIPHER_CTX *aes, const uint8_t in[16], uint8_t out[16])
{
	int len;

	return EVP_EncryptUpdate(aes, out, &len, in, 16) && len == 16;
}

static void xor16(uint8_t out[16], const uint8_t a[16], const uint8_t b[16])
{
	for (unsigned i = 0; i < 16; i++)
		out[i] = a[i] ^ b[i];
}

/* OUTi = E[rot(TEMP xor OPc, ri) xor ci] xor OPc for i = 2 to 5 (4.1); rotation in octets, ci is one low bit. */
static bool out_block(EVP_CIPHER_CTX *aes, const uint8_t temp[16], const uint8_t opc[16], unsigned rotation,
		      uint8_t constant, uint8_t out[16])
{
	uint8_t in[16];
	bool ok;

	for (unsigned i = 0; i < 16; i++)
		in[i] = temp[(i + rotation) & 15] ^ opc[(i + rotation) & 15];
	in[15] ^= constant;
	ok = aes_block(aes, in, out);
	xor16(out, out, opc);
	iuplus_security_wipe(in, sizeof in);
	return ok;
}

/* TEMP = E[RAND xor OPc] */
static bool temp_block(EVP_CIPHER_CTX *aes, const uint8_t rand[16], const uint8_t opc[16], uint8_t temp[16])
{
	xor16(temp, rand, opc);
	return aes_block(aes, temp, temp);
}

int iuplus_security_milenage_opc(const uint8_t k[16], const uint8_t op[16], uint8_t opc[16])
{
	EVP_CIPHER_CTX *aes = aes_begin(k);
	uint8_t out[16];
	bool ok = aes && aes_block(aes, op, out);

	if (ok)
		xor16(opc, out, op);
	iuplus_security_wipe(out, sizeof out);
	EVP_CIPHER_CTX_free(aes);
	return ok ? IUPLUS_OK : IUPLUS_ERR_MEMORY;
}

int iuplus_security_milenage_f1(const uint8_t k[16], const uint8_t opc[16], const uint8_t rand[16],
				const uint8_t sqn[6], const uint8_t amf[2], uint8_t mac_a[8], uint8_t mac_s[8])
{
	EVP_CIPHER_CTX *aes = aes_begin(k);
	uint8_t temp[16], in1[16], block[16];
	bool ok = aes && temp_block(aes, rand, opc, temp);

	if (ok) {
		/* IN1 = SQN || AMF || SQN || AMF, rotated by r1 = 64 bits: its two halves are the same anyway */
		for (unsigned half = 0; half < 16; half += 8) {
			memcpy(in1 + half, sqn, 6);
			memcpy(in1 + half + 6, amf, 2);
		}
		for (unsigned i = 0; i < 16; i++)
			block[i] = temp[i] ^ in1[i] ^ opc[(i + 8) & 15];
		ok = aes_block(aes, block, block);
	}
	if (ok) {
		xor16(block, block, opc);
		if (mac_a)
			memcpy(mac_a, block, 8);
		if (mac_s)
			memcpy(mac_s, block + 8, 8);
	}
	iuplus_security_wipe(temp, sizeof temp);
	iuplus_security_wipe(block, sizeof block);
	iuplus_security_wipe(in1, sizeof in1);
	EVP_CIPHER_CTX_free(aes);
	return ok ? IUPLUS_OK : IUPLUS_ERR_MEMORY;
}

int iuplus_security_milenage_f2345(const uint8_t k[16], const uint8_t opc[16], const uint8_t rand[16], uint8_t res[8],
				   uint8_t ck[16], uint8_t ik[16], uint8_t ak[6], uint8_t ak_star[6])
{
	EVP_CIPHER_CTX *aes = aes_begin(k);
	uint8_t temp[16], out2[16], out3[16], out4[16], out5[16];
	bool ok = aes && temp_block(aes, rand, opc, temp) && out_block(aes, temp, opc, 0, 1, out2) &&
		  out_block(aes, temp, opc, 4, 2, out3) && out_block(aes, temp, opc, 8, 4, out4) &&
		  out_block(aes, temp, opc, 12, 8, out5);

	if (ok) {
		if (res)
			memcpy(res, out2 + 8, 8);
		if (ak)
			memcpy(ak, out2, 6);
		if (ck)
			memcpy(ck, out3, 16);
		if (ik)
			memcpy(ik, out4, 16);
		if (ak_star)
			memcpy(ak_star, out5, 6);
	}
	iuplus_security_wipe(temp, sizeof temp);
	iuplus_security_wipe(out2, sizeof out2);
	iuplus_security_wipe(out3, sizeof out3);
	iuplus_security_wipe(out4, sizeof out4);
	iuplus_security_wipe(out5, sizeof out5);
	EVP_CIPHER_CTX_free(aes);
	return ok ? IUPLUS_OK : IUPLUS_ERR_MEMORY;
}
