namespace Connectors.Databricks.Emulator.Sql.Engine;

/// <summary>The rows of a result as the service writes them: every value is a text or NULL.</summary>
/// <param name="Columns">The names and types.</param>
/// <param name="Rows">The rows.</param>
/// <param name="IsTruncated">Whether a limit has removed rows.</param>
internal sealed record ResultTable(IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<string?[]> Rows, bool IsTruncated)
{
    public static ResultTable Empty { get; } = new([], [], false);
}
