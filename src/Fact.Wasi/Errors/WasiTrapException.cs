using System;

namespace Fact.Wasi.Errors;

/// <summary>A component broke a rule for which the specification has a trap.</summary>
/// <param name="message">Which.</param>
internal sealed class WasiTrapException(string message) : Exception(message);
