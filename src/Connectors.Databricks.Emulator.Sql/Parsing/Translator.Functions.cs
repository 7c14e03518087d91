using System.Globalization;

namespace Connectors.Databricks.Emulator.Sql.Parsing;

/// <summary>Calls of functions: those with the same meaning in the engine, those that are translated, and <c>ai_query</c>.</summary>
internal sealed partial class Translator
{
    // Same name, same meaning.
    private static readonly HashSet<string> Same = new(StringComparer.OrdinalIgnoreCase)
    {
        "count", "sum", "min", "max", "avg", "count_if", "stddev", "variance", "median", "coalesce", "nullif", "length", "lower", "upper",
        "trim", "substring", "abs", "round", "floor", "ceil", "sqrt", "ln", "exp", "greatest", "least", "concat_ws", "replace",
        "date_trunc", "row_number",
    };

    private string Call(string name)
    {
        Require("(");
        if (name.Equals("ai_query", StringComparison.OrdinalIgnoreCase))
        {
            return AiQuery();
        }

        if (name.Equals("count", StringComparison.OrdinalIgnoreCase) && TryTake("*"))
        {
            Require(")");
            return Window("count(*)");
        }

        var distinct = TryTake("DISTINCT") ? "DISTINCT " : "";
        List<string> arguments = [];
        while (!TryTake(")"))
        {
            arguments.Add(Expression());
            if (!Current.Is(")"))
            {
                Require(",");
            }
        }

        return Window(Same.Contains(name)
            ? $"{name.ToLowerInvariant()}({distinct}{string.Join(", ", arguments)})"
            : Translated(name.ToLowerInvariant(), arguments));
    }

    private string Window(string call)
    {
        if (!TryTake("OVER"))
        {
            return call;
        }

        Require("(");
        var partition = TryTake("PARTITION") && Require("BY") ? $"PARTITION BY {ExpressionList()} " : "";
        var order = TryTake("ORDER") && Require("BY") ? $"ORDER BY {OrderList()}" : "";
        Require(")");
        return $"{call} OVER ({partition}{order})";
    }

    private string Translated(string name, List<string> given) => (name, given) switch
    {
        ("get_json_object", [var json, var path]) => $"(CASE WHEN json_valid({json}) THEN json_extract_string({json}, {path}) END)",
        ("concat", [_, ..]) => $"({string.Join(" || ", given)})",
        ("nvl" or "ifnull", [_, _]) => $"coalesce({given[0]}, {given[1]})",
        ("if", [var condition, var yes, var no]) => $"(CASE WHEN {condition} THEN {yes} ELSE {no} END)",
        ("char_length" or "character_length", [var value]) => $"length({value})",
        ("substr", [_, _, ..]) => $"substring({string.Join(", ", given)})",
        ("percentile", [var value, var share]) => $"quantile_cont({value}, {share})",
        ("percentile_approx" or "approx_percentile", [var value, var share, ..]) => $"quantile_disc({value}, {share})",
        ("mod", [var value, var by]) => $"({value} % {by})",
        ("pmod", [var value, var by]) => $"((({value} % {by}) + {by}) % {by})",

        // The hashes differ from those of a warehouse.
        ("xxhash64" or "hash", [_, ..]) => $"CAST(hash({string.Join(", ", given)}) >> 1 AS BIGINT)",
        ("current_date" or "curdate", []) => $"CAST('{context.Now:yyyy-MM-dd}' AS DATE)",
        ("current_timestamp" or "now", []) => Timestamp(),
        ("unix_timestamp", []) => $"CAST({context.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)} AS BIGINT)",
        ("unix_timestamp", [var time]) => $"CAST(epoch(CAST({time} AS TIMESTAMP)) AS BIGINT)",
        ("unix_millis", [var time]) => $"epoch_ms(CAST({time} AS TIMESTAMP))",
        ("timestamp_millis", [var number]) => $"make_timestamp(CAST({number} AS BIGINT) * 1000)",
        ("to_date" or "date", [var value]) => $"CAST({value} AS DATE)",
        ("to_timestamp" or "timestamp", [var value]) => $"CAST({value} AS TIMESTAMP)",
        ("named_struct", { Count: > 0 } pairs) when pairs.Count % 2 == 0 => NamedStruct(pairs),
        ("to_json", [var value]) => $"CAST(to_json({value}) AS VARCHAR)",
        ("array", _) => $"[{string.Join(", ", given)}]",
        _ => throw SqlException.Unsupported($"the function {name} with {given.Count} arguments"),
    };

    private string Timestamp() =>
        $"CAST('{context.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}' AS TIMESTAMP)";

    private static string NamedStruct(List<string> pairs)
    {
        List<string> fields = [];
        for (var at = 0; at < pairs.Count; at += 2)
        {
            if (pairs[at] is not ['\'', .. var name, '\''])
            {
                throw SqlException.Unsupported("named_struct with names that are no literals");
            }

            fields.Add($"{TableName.Quote(name.Replace("''", "'", StringComparison.Ordinal))} := {pairs[at + 1]}");
        }

        return $"struct_pack({string.Join(", ", fields)})";
    }

    // After the opening parenthesis.
    private string AiQuery()
    {
        var endpoint = Constant("endpoint") ?? throw NotConstant("endpoint");
        Require(",");
        var request = Expression();
        var (failOnError, format, parameters) = (true, (string?)null, "''");
        while (TryTake(","))
        {
            var name = Name();
            Require("=>");
            switch (name.ToUpperInvariant())
            {
                case "FAILONERROR":
                    failOnError = TryTake("TRUE") || (TryTake("FALSE") ? false : throw NotConstant(name));
                    break;
                case "RESPONSEFORMAT":
                    format = Constant(name);
                    break;
                case "MODELPARAMETERS":
                    var start = _at;
                    parameters = $"CAST(to_json({Expression()}) AS VARCHAR)";
                    if (!context.AllowsMarkersInAiQuery && _tokens[start.._at].Any(token => token.Kind == TokenKind.Parameter))
                    {
                        throw NotConstant(name);
                    }

                    break;
                case "RETURNTYPE" when Constant(name)?.Equals("STRING", StringComparison.OrdinalIgnoreCase) is true:
                    break;
                default:
                    throw SqlException.Unsupported($"this argument of ai_query: {name}");
            }
        }

        Require(")");
        _calls.Add(new AiQueryCall(endpoint, failOnError, format));

        // The engine evaluates a volatile function once where its text occurs once.
        var number = context.FirstCall + _calls.Count - 1;
        var call = $"(CASE WHEN ({request}) IS NOT NULL THEN ai_query_call({number}, CAST(({request}) AS VARCHAR), {parameters}) END)";
        return failOnError ? call : $"from_json({call}, '{{\"response\":\"VARCHAR\",\"errorMessage\":\"VARCHAR\"}}')";
    }

    /// <summary>A text or a parameter; null for NULL.</summary>
    private string? Constant(string argument) => Current.Kind switch
    {
        TokenKind.Text => TextValue(),
        TokenKind.Parameter when context.AllowsMarkersInAiQuery => Parameter(Take().Text).Value,
        _ when TryTake("NULL") => null,
        _ => throw NotConstant(argument),
    };

    /// <summary>The condition is that of Apache Spark for arguments that must be foldable; the text is shortened.</summary>
    private static SqlException NotConstant(string argument) => new(
        "BAD_REQUEST", $"[DATATYPE_MISMATCH.NON_FOLDABLE_INPUT] The argument {argument} of ai_query must be a constant. SQLSTATE: 42K09",
        "42K09");
}
