using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>
/// The error messages of each model family. Databricks forwards what it does not consume, so the wording is that of the model's
/// host [bifrost] (§3.6, appendix B rows 7–12).
/// </summary>
internal sealed class ErrorMessages(EmulatedDialect dialect)
{
    public string UnknownField(string name) => dialect switch
    {
        EmulatedDialect.Claude => Claude($"{name}: Extra inputs are not permitted"),
        EmulatedDialect.Gemini => $"Invalid JSON payload received. Unknown name \"{name}\"{GooglePlace(name)}: Cannot find field.",

        // Unconfirmed: the text is OpenAI's own, not captured on Databricks.
        EmulatedDialect.OpenAI => OpenAI($"Unknown parameter: '{name}'.", name, "unknown_parameter"),
        _ => $"Bad request: json: unknown field \"{name}\"\n",
    };

    // Seen for this field alone [issue unity-gateway#491].
    private static string GooglePlace(string name) => name == "stream_options" ? " at 'generation_config'" : "";

    /// <summary>A general refusal of a place in the request. Unconfirmed: the wording in every family.</summary>
    public string Invalid(string place, string text) => dialect switch
    {
        EmulatedDialect.Claude => Claude($"{place}: {text}"),
        EmulatedDialect.OpenAI => OpenAI($"Invalid value for '{place}': {text}", place, "invalid_value"),
        EmulatedDialect.Gemini => $"Invalid value at '{place}': {text}",
        _ => $"Bad request: {place}: {text}\n",
    };

    /// <summary>
    /// A value outside an enumerated set; the text lists the set behind "Supported values are: " or "expected one of "
    /// [kasal]. Unconfirmed: the words before these, and which family uses which.
    /// </summary>
    public string OutsideOf(string name, string value, string[] allowed) => dialect switch
    {
        EmulatedDialect.OpenAI => OpenAI(
            $"Unsupported value: '{name}' does not support '{value}' with this model. Supported values are: {Listed(allowed, '\'')}.",
            name,
            "unsupported_value"),
        EmulatedDialect.Claude => Claude($"{name}: invalid value '{value}', expected one of {Listed(allowed, '\'')}"),
        EmulatedDialect.Gemini => $"Invalid value at '{name}': \"{value}\", expected one of {Listed(allowed, '"')}",
        _ => $"Bad request: {name}: unknown variant `{value}`, expected one of {Listed(allowed, '`')}\n",
    };

    /// <summary>The message of a Claude host, a document inside the message string [issue databricks-ai-bridge#269].</summary>
    public static string Claude(string message) => CompactJson.Write(new JsonObject { ["message"] = message });

    /// <summary>The error document of OpenAI inside the message string, line breaks included (unnamed public capture).</summary>
    public static string OpenAI(string message, string? param, string? code) => CompactJson.WriteIndented(new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = "invalid_request_error",
            ["param"] = param,
            ["code"] = code,
        },
    });

    /// <summary>The error of a required parameter that is missing, in the words of OpenAI.</summary>
    public static string MissingParameter(string name) =>
        OpenAI($"Missing required parameter: '{name}'.", name, "missing_required_parameter");

    private static string Listed(string[] values, char quote) => string.Join(", ", values.Select(value => $"{quote}{value}{quote}"));
}
