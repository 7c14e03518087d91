namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>One way to read a streamed answer.</summary>
internal interface IStreamContender
{
    string Name { get; }

    Task ReadAsync(Totals totals);
}
