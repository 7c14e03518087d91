using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Outbound;

/// <summary>The output limit that the caller set, from any source. A thinking budget must be lower.</summary>
/// <param name="IsSet">Whether the caller set one.</param>
/// <param name="Tokens">The limit; null when it is not set or not an integer.</param>
internal readonly record struct OutputLimit(bool IsSet, int? Tokens)
{
    private static readonly string[] Names = ["max_tokens", "max_completion_tokens"];

    /// <summary>In order of precedence: base document, ChatOptions, AdditionalProperties.</summary>
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

    /// <summary>Writes the output limit with the parameter name and maximum of the model.</summary>
    /// <param name="body">The request document.</param>
    /// <param name="request">The request.</param>
    /// <param name="options">The chat options.</param>
    /// <param name="reservedTokens">A limit that leaves room for the thinking budget, when the caller set none.</param>
    public void Write(RequestDocument body, ChatRequest request, ChatOptions options, int? reservedTokens)
    {
        var parameter = request.Model.OutputLimitParameter;
        var given = OptionExceptions.RequirePositive(options.MaxOutputTokens, nameof(ChatOptions.MaxOutputTokens));
        var fallback = given is null && reservedTokens is null && !IsSet ? request.Model.DefaultMaxOutputTokens : null;
        if ((given ?? reservedTokens ?? fallback) is not { } tokens || body.BaseHas(Names[0]) || body.BaseHas(Names[1]))
        {
            return;
        }

        if (fallback is not null)
        {
            request.Note(parameter, $"set to {fallback}", $"{request.Model.Name} stops early when it is unset");
        }

        if (tokens > request.Model.MaxOutputTokens)
        {
            request.Note(parameter, $"lowered from {tokens} to {request.Model.MaxOutputTokens}");
            tokens = request.Model.MaxOutputTokens.Value;
        }

        if (body.Begins(parameter))
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
