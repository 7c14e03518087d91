namespace Connectors.Databricks.Tests.TestServices;

/// <summary>Records progress reports synchronously and in order, which <see cref="Progress{T}"/> does not.</summary>
internal sealed class RecordedProgress<T> : IProgress<T>
{
    public List<T> All { get; } = [];

    public void Report(T value) => All.Add(value);
}
