namespace Fact.Emit;

/// <summary>Which custom sections a module gets besides its code.</summary>
/// <param name="Names">The <c>name</c> section: functions, imported ones too, and locals.</param>
/// <param name="TrapSection">
/// The section <c>wasmtime-trampoline-traps</c>, which gives every <c>unreachable</c> its message, and where the code has paths also
/// <c>fact-trap-paths</c>, which says for checks and calls of helpers which part of the adapter's values they are about.
/// </param>
/// <param name="ModuleName">The name of the module, written where <paramref name="Names"/> is set; null for none.</param>
/// <remarks>
/// Both trap sections have the form
/// <code>
/// vec(text: name)  vec(func: u32, vec(offset: u32, text: u32))
/// </code>
/// with an index in the function index space, an offset in bytes from the start of the function's body (where the vector of
/// locals is) to the opcode of the instruction, and a position in the vector of texts. The path of a check in a helper is that
/// of the call, followed by that of the check.
/// </remarks>
internal sealed record EncodeOptions(bool Names = false, bool TrapSection = false, string? ModuleName = null);
