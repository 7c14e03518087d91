using System.Text.Json.Nodes;
using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>The output limit of a request, from whichever place its caller set it in: a thinking budget must stay below it.</summary>
/// <param name="IsSet">Whether the caller set one.</param>
/// <param name="Tokens">The limit; null when none was set, or when what was set is no whole number.</param>
internal readonly record struct OutputLimit(bool IsSet, int? Tokens)
{
    private static readonly string[] Names = ["max_tokens", "max_completion_tokens"];

    /// <summary>In the order in which the hands that write a body go before each other.</summary>
    public static OutputLimit Of(RequestDocument body, ChatOptions options)
    {
        foreach (var name in Names)
        {
            if (body.TryGetBase(name, out var value))
            {
                return new OutputLimit(true, WholeNumber(value));
            }
        }

        if (options.MaxOutputTokens is { } limit)
        {
            return new OutputLimit(true, limit);
        }

        foreach (var name in Names)
        {
            if (options.AdditionalProperties?.TryGetValue(name, out var value) is true)
            {
                return new OutputLimit(true, WholeNumber(value));
            }
        }

        return default;
    }

    private static int? WholeNumber(object? value) => value switch
    {
        int number => number,
        long number and > 0 and <= int.MaxValue => (int)number,
        JsonElement { ValueKind: JsonValueKind.Number } element when element.TryGetInt32(out var number) => number,
        JsonValue node when node.TryGetValue<int>(out var number) => number,
        _ => null,
    };
}
