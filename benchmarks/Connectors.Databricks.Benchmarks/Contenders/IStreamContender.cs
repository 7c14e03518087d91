namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>An implementation of reading a streamed response.</summary>
internal interface IStreamContender
{
    string Name { get; }

    Task ReadAsync(Totals totals);
}
