namespace System.Runtime.CompilerServices;

/// <summary>What the compiler writes on a <c>closed</c> hierarchy; the framework does not have it yet.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class IsClosedTypeAttribute : Attribute;
