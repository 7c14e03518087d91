using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>The output limit of a request, from whichever place its caller set it in: a thinking budget must stay below it.</summary>
/// <param name="IsSet">Whether the caller set one.</param>
/// <param name="Tokens">The limit; null when none was set, or when what was set is no whole number.</param>
internal readonly record struct OutputLimit(bool IsSet, int? Tokens)
{
    private static readonly string[] Names = ["max_tokens", "max_completion_tokens"];

    /// <summary>In the order in which the hands that write a body go before each other.</summary>
    public static OutputLimit Of(RequestDocument body, ChatRequest request, ChatOptions options)
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
            return new OutputLimit(true, limit > request.Model.MaxOutputTokens ? request.Model.MaxOutputTokens : limit);
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

    /// <summary>Writes the caller's limit, under the name and within the bounds that the model knows.</summary>
    /// <param name="body">Where to write.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">The chat options.</param>
    /// <param name="reservedTokens">A limit that makes room for thinking, when the caller gave none.</param>
    public static void Write(RequestDocument body, ChatRequest request, ChatOptions options, int? reservedTokens)
    {
        var parameters = request.Model.Parameters;
        var given = SamplingToWire.RequirePositive(options.MaxOutputTokens, nameof(ChatOptions.MaxOutputTokens));
        var fallback = given is null && reservedTokens is null && !Of(body, request, options).IsSet ? parameters.OutputLimitWhenUnset : null;
        if ((given ?? reservedTokens ?? fallback) is not { } tokens || body.BaseHas(Names[0]) || body.BaseHas(Names[1]))
        {
            return;
        }

        if (fallback is not null)
        {
            request.Note(parameters.OutputLimit, $"set to {fallback}", $"{request.Model.Name} stops early when it is unset");
        }

        if (tokens > request.Model.MaxOutputTokens)
        {
            request.Note(parameters.OutputLimit, $"lowered from {tokens} to {request.Model.MaxOutputTokens}");
            tokens = request.Model.MaxOutputTokens.Value;
        }

        if (body.Begins(parameters.OutputLimit))
        {
            body.Writer.WriteNumberValue(tokens);
        }
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
