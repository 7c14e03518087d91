using System.Globalization;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>Sampling parameters that a model rejects (§3.7), and the number of choices.</summary>
internal static class SamplingRules
{
    public static IEnumerable<string> Violations(RuleContext context)
    {
        var body = context.Request.Body;
        foreach (var name in context.Facts.Refuses.Where(body.IsGiven))
        {
            if (context.Is(EmulatedDialect.Claude))
            {
                // [issue duckdb-ai#85]
                yield return $"Model {context.Facts.Upstream} does not support the {name} parameter.";
            }
            else if (context.Facts.Dialect is EmulatedDialect.GptOss or EmulatedDialect.Qwen)
            {
                // (unnamed public capture) of gpt-oss. Unconfirmed: Qwen.
                yield return $"Unsupported parameter: \"{name}\" is not supported with this model.";
            }
            else if (GptRefusal(name, body) is string refusal)
            {
                yield return refusal;
            }
        }

        if (context.Is(EmulatedDialect.Claude) && !context.Options.Quirks.ClaudeAcceptsTemperatureWithTopP
            && body.IsGiven("temperature") && body.IsGiven("top_p"))
        {
            // [issue bedrock-access-gateway#191], from other hosts of Claude. Unconfirmed: on Databricks, see the option.
            yield return ErrorMessages.Claude("`temperature` and `top_p` cannot both be specified for this model. Please use only one.");
        }

        // Unconfirmed: every wording below; the bounds are documented (§3.2), for n only for external models.
        var choices = context.Options.Strict ? context.Facts.MaxProvenChoices : context.Facts.MaxChoices;
        if (context.Request.Choices > choices)
        {
            yield return context.Facts.MaxChoices == 1
                ? context.Messages.UnknownField("n")
                : context.Messages.Invalid("n", $"must be between 1 and {choices}");
        }

        if (body.Number("temperature") is < 0 or > 2)
        {
            yield return context.Messages.Invalid("temperature", "must be between 0 and 2");
        }

        if (body.Number("top_p") is <= 0 or > 1)
        {
            yield return context.Messages.Invalid("top_p", "must be greater than 0 and at most 1");
        }

        if (MaxOutputTokens(context) is int most && context.Request.MaxTokens > most)
        {
            // [issue unity-gateway#420]; the other text is that of gpt-oss on /serving-endpoints (unnamed public capture).
            yield return context.IsGateway || context.Endpoint.MaxOutputTokens is not null
                ? $"max_tokens ({context.Request.MaxTokens}) cannot exceed {most}."
                : $"max_new_tokens {context.Request.MaxTokens} cannot be greater than max_output_tokens {most}.\n";
        }

        if (context.Request.MaxTokens is <= 0)
        {
            yield return context.Messages.Invalid("max_tokens", "must be at least 1");
        }
    }

    private static int? MaxOutputTokens(RuleContext context) => context.Endpoint.MaxOutputTokens
        ?? (context.Facts.IsCappedOnGatewayOnly && !context.IsGateway ? null : context.Facts.MaxOutputTokens);

    /// <summary>
    /// GPT-5 takes the temperature at its default alone (unnamed public capture), and the other fields not at all [kasal].
    /// </summary>
    private static string? GptRefusal(string name, JsonObject body)
    {
        if (name != "temperature")
        {
            // Unconfirmed: the wording.
            return ErrorMessages.OpenAI(
                $"Unsupported parameter: '{name}' is not supported with this model.", name, "unsupported_parameter");
        }

        var value = body.Number(name)?.ToString(CultureInfo.InvariantCulture) ?? "";
        return value == "1" ? null : ErrorMessages.OpenAI(
            $"Unsupported value: 'temperature' does not support {value} with this model. Only the default (1) value is supported.",
            name,
            "unsupported_value");
    }
}
