using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>Structured output (§3.8).</summary>
internal static class ResponseFormatRules
{
    private const int MostKeys = 64;

    private static readonly string[] Types = ["text", "json_object", "json_schema"];

    public static IEnumerable<string> Violations(RuleContext context)
    {
        if (context.Request.ResponseFormat is not JsonObject format)
        {
            yield break;
        }

        var type = format.Text("type") ?? "";
        if (!Types.Contains(type))
        {
            yield return context.Messages.OutsideOf("response_format.type", type, Types);
        }

        if (type == "json_object" && !context.Facts.AcceptsJsonObject && !context.Options.Quirks.ClaudeAcceptsJsonObject)
        {
            // That it refuses: [bridge] integration test. Unconfirmed: the wording.
            yield return context.Messages.OutsideOf("response_format.type", type, ["text", "json_schema"]);
        }

        if (type == "json_object" && context.Is(EmulatedDialect.GptOss)
            && !context.Request.Turns.Any(turn => turn.Text.Contains("json", StringComparison.OrdinalIgnoreCase)))
        {
            // (unnamed public capture)
            yield return "Bad request: \"messages\" must contain the word \"json\" in some form, to use \"response_format\" of type "
                + "\"json_object\".\n";
        }

        if (type != "json_schema")
        {
            yield break;
        }

        var schema = format.Object("json_schema");
        var place = context.IsTranslated ? "text.format" : "response_format.json_schema";
        if (context.Facts.RequiresSchemaName && schema?.Text("name") is null)
        {
            // [issue databricks-ai-bridge#211], seen inside an external_model_error document. Unconfirmed: this frame around it.
            yield return ErrorMessages.MissingParameter($"{place}.name");
        }

        if (schema?.Object("schema") is not JsonObject root)
        {
            // Unconfirmed: that it is refused.
            yield return context.Messages.Invalid($"{place}.schema", "a schema is required");
        }
        else if (context.Is(EmulatedDialect.OpenAI) && schema.Flag("strict") is true && BreaksStrictRules(root))
        {
            // The rule: [issue databricks-ai-bridge#350]. Unconfirmed: the wording, joined from two of OpenAI's own.
            yield return ErrorMessages.OpenAI(
                $"Invalid schema for response_format '{schema.Text("name")}': In context=(), 'additionalProperties' is required to be "
                + "supplied and to be false, and 'required' is required to be supplied and to be an array including every key in "
                + "properties.",
                "response_format",
                null);
        }
        else if (context.Is(EmulatedDialect.GptOss) && (schema.Flag("strict") is true || context.Options.Strict) && HasPattern(root))
        {
            // (unnamed public capture) of strict schemas. Unconfirmed: others.
            yield return "Invalid JSON schema - the \"pattern\" keyword is not supported";
        }
        else if (context.Is(EmulatedDialect.Gemini))
        {
            // Unconfirmed: that Google's words hold for a response format, too.
            foreach (var unknown in GoogleSchemaRules.Unknown(
                root, "generation_config.response_schema", context.Options.Quirks.GeminiEnforcesGoogleSchema))
            {
                yield return unknown;
            }
        }
        else if (context.Options.Quirks.EnforcesDocumentedSchemaLimits)
        {
            // Unconfirmed: the cap of 64 keys is from memory (§3.8).
            foreach (var broken in DocumentedSchemaRules.Violations(context.Messages, root, $"{place}.schema", MostKeys))
            {
                yield return broken;
            }
        }
    }

    private static bool HasPattern(JsonNode? node) => node switch
    {
        JsonObject json => json.Text("pattern") is not null || json.Any(member => HasPattern(member.Value)),
        JsonArray array => array.Any(HasPattern),
        _ => false,
    };

    private static bool BreaksStrictRules(JsonNode? node) => node switch
    {
        JsonObject json => IsLooseObject(json) || json.Any(member => BreaksStrictRules(member.Value)),
        JsonArray array => array.Any(BreaksStrictRules),
        _ => false,
    };

    private static bool IsLooseObject(JsonObject schema)
    {
        if (schema.Text("type") != "object" || schema.Object("properties") is not JsonObject properties)
        {
            return false;
        }

        string[] required = schema["required"] is JsonArray names ? [.. names.Select(name => name.Text() ?? "")] : [];
        return schema.Flag("additionalProperties") is not false || properties.Any(property => !required.Contains(property.Key));
    }
}
