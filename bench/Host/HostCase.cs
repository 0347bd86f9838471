using System;

namespace Fact.Bench.Host;

/// <summary>What is done on both sides.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Goal">What our time may be, as a multiple of the other's; null where nothing is asked for.</param>
/// <param name="Ours">Does it so many times on this project's host.</param>
/// <param name="Theirs">Does it so many times in the engine's component runtime.</param>
/// <param name="Threads">Whether the engine does it on several threads, so that the time of all of them counts.</param>
internal sealed record HostCase(string Name, double? Goal, Action<uint> Ours, Action<uint> Theirs, bool Threads = false);
