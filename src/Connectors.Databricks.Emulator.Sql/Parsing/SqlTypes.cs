using System.Globalization;

namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>Types of Databricks SQL and those of the engine.</summary>
internal static class SqlTypes
{
    private static readonly Dictionary<string, string> Engine = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STRING"] = "VARCHAR",
        ["BOOLEAN"] = "BOOLEAN",
        ["TINYINT"] = "TINYINT",
        ["SMALLINT"] = "SMALLINT",
        ["INT"] = "INTEGER",
        ["INTEGER"] = "INTEGER",
        ["BIGINT"] = "BIGINT",
        ["LONG"] = "BIGINT",
        ["FLOAT"] = "FLOAT",
        ["DOUBLE"] = "DOUBLE",
        ["DATE"] = "DATE",
        ["TIMESTAMP"] = "TIMESTAMP",
        ["TIMESTAMP_NTZ"] = "TIMESTAMP",
    };

    /// <returns>The type of the engine; null for one that is not supported.</returns>
    public static string? ToEngine(string name) => Engine.GetValueOrDefault(name);

    /// <summary>The type of a decimal; without digits, it has ten and none after the point.</summary>
    public static string Decimal(int precision = 10, int scale = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{scale})");

    /// <summary>The name of a type of the engine as Databricks writes it.</summary>
    public static string FromEngine(string type) => type switch
    {
        "VARCHAR" => "STRING",
        "INTEGER" => "INT",
        "HUGEINT" or "UBIGINT" => "BIGINT",
        "TIMESTAMP WITH TIME ZONE" => "TIMESTAMP",
        "JSON" => "STRING",
        "BLOB" => "BINARY",
        "\"NULL\"" => "VOID",
        ['S', 'T', 'R', 'U', 'C', 'T', '(', ..] => $"STRUCT<{string.Join(", ", Fields(type[7..^1]).Select(Field))}>",
        [.., '[', ']'] => $"ARRAY<{FromEngine(type[..^2])}>",
        _ => type,
    };

    private static string Field(string field)
    {
        var at = field.IndexOf(' ', field.StartsWith('"') ? field.IndexOf('"', 1) : 0);
        return $"{field[..at].Trim('"')}: {FromEngine(field[(at + 1)..])}";
    }

    private static IEnumerable<string> Fields(string list)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at < list.Length; at++)
        {
            depth += list[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (list[at] == ',' && depth == 0)
            {
                yield return list[start..at].Trim();
                start = at + 1;
            }
        }

        yield return list[start..].Trim();
    }
}
