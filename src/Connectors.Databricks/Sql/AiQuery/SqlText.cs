namespace Connectors.Databricks.Sql.AiQuery;

/// <summary>
/// Quotes identifiers: the only text that becomes part of a statement. Values are parameters, and literals where the caller has chosen
/// that.
/// </summary>
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

    /// <summary>A text as a literal, with the escapes of Databricks SQL.</summary>
    public static string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    public static string Quote(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";
}
