/* SPDX-License-Identifier: BSD-2-Clause */
/* uml_xstate.c: lets user-mode Linux 6.1 run where a process has more register state than it has room for (AMX).
 *
 * The kernel keeps room for the XSAVE area up to AVX-512. PTRACE_SETREGSET requires the area's whole length, so that
 * the first process of the guest dies on a processor with a longer one. Preloaded by test/uml-run, this ptrace() reads
 * the whole area and replaces the part that the kernel knows. The rest (TILECFG, TILEDATA) is set to its initial state:
 * no program of the guest can use it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#define XSTATE_BV 512         /* offset of the bit map of components that are not in their initial state */
#define KNOWN UINT64_C(0x3ff) /* components up to PKRU */

typedef long ptrace_fn(int request, int pid, void *addr, void *data);

long ptrace(enum __ptrace_request request, ...)
{
	static _Alignas(64) unsigned char area[65536];
	static ptrace_fn *real;
	struct iovec whole = { area, sizeof(area) }, *given;
	void *addr, *data;
	uint64_t components;
	size_t length;
	va_list ap;
	int pid;

	va_start(ap, request);
	pid = va_arg(ap, int);
	addr = va_arg(ap, void *);
	data = va_arg(ap, void *);
	va_end(ap);
	if (!real) {
		void *symbol = dlsym(RTLD_NEXT, "ptrace");

		memcpy(&real, &symbol, sizeof(real));
	}
	if (!real) {
		errno = ENOSYS;
		return -1;
	}
	if ((request != PTRACE_GETREGSET && request != PTRACE_SETREGSET) || (uintptr_t)addr != NT_X86_XSTATE)
		return real((int)request, pid, addr, data);
	if (real(PTRACE_GETREGSET, pid, addr, &whole))
		return -1;
	given = data;
	length = given->iov_len < whole.iov_len ? given->iov_len : whole.iov_len;
	if (request == PTRACE_GETREGSET) {
		memcpy(given->iov_base, area, length);
		given->iov_len = length;
		return 0;
	}
	memcpy(area, given->iov_base, length);
	if (length >= XSTATE_BV + sizeof(components)) {
		memcpy(&components, area + XSTATE_BV, sizeof(components));
		components &= KNOWN;
		memcpy(area + XSTATE_BV, &components, sizeof(components));
	}
	return real(PTRACE_SETREGSET, pid, addr, &whole);
}
