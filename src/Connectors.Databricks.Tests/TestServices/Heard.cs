namespace Connectors.Databricks.Tests.TestServices;

/// <summary>What was reported, in its order: <see cref="Progress{T}"/> would report later, and elsewhere.</summary>
internal sealed class Heard<T> : IProgress<T>
{
    public List<T> All { get; } = [];

    public void Report(T value) => All.Add(value);
}
