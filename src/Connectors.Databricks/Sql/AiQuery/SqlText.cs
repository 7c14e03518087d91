namespace Connectors.Databricks.Sql.AiQuery;

/// <summary>Quotes identifiers: the only text that becomes part of a statement. Values are parameters.</summary>
internal static class SqlText
{
    private const int MaxLength = 255;

    /// <exception cref="ArgumentException">The identifier cannot be quoted.</exception>
    public static void Require(string identifier, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(identifier, parameter);
        if (identifier.Length > MaxLength || identifier.Any(char.IsControl))
        {
            throw new ArgumentException(
                $"The identifier is longer than {MaxLength} characters or has a control character.", parameter);
        }
    }

    public static string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";
}
