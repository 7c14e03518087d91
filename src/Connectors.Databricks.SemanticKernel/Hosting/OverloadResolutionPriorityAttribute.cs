#if !NET9_0_OR_GREATER
// The namespace is the one that the compiler looks for.
namespace System.Runtime.CompilerServices;

/// <summary>The attribute of .NET 9 for the assembly of .NET 8: compilers of C# 13 and later read it by its name.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property, Inherited = false)]
internal sealed class OverloadResolutionPriorityAttribute(int priority) : Attribute
{
    public int Priority { get; } = priority;
}
#endif
