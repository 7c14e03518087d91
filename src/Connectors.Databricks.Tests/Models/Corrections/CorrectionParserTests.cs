using Connectors.Databricks.Models.Corrections;

namespace Connectors.Databricks.Tests.Models.Corrections;

/// <summary>Every wording of a refusal that is known, by family.</summary>
public class CorrectionParserTests
{
    [Theory]
    [InlineData("Bad request: json: unknown field \"stream_options\"", "stream_options left out")]
    [InlineData("Bad request: json: unknown field \"seed\"", "seed left out")]
    [InlineData("parallel_tool_calls: Extra inputs are not permitted", "parallel_tool_calls left out")]
    [InlineData("tools.0.custom.strict: Extra inputs are not permitted", "tools.strict left out")]
    [InlineData("messages.1.content.0.cache_control: Extra inputs are not permitted", "cache_control left out")]
    [InlineData(
        "Malformed input request: extraneous key [stream_options] is not permitted, please reformat your input", "stream_options left out")]
    [InlineData("Invalid JSON payload received. Unknown name \"seed\": Cannot find field.", "seed left out")]
    [InlineData(
        "Invalid JSON payload received. Unknown name \"stream_options\" at 'generation_config': Cannot find field.",
        "stream_options left out")]
    [InlineData(
        "Invalid JSON payload received. Unknown name \"$schema\" at 'tools[0].function_declarations[0].parameters': Cannot find field.",
        "schemas converted to the Google dialect")]
    [InlineData(
        "Invalid value at 'tools[0].function_declarations[0].parameters.properties[0].value.items': missing field.",
        "schemas converted to the Google dialect")]
    [InlineData(
        "Unsupported value: 'temperature' does not support 0.1 with this model. Only the default (1) value is supported.",
        "temperature left out")]
    [InlineData("Unsupported parameter: 'top_p' is not supported with this model.", "top_p left out")]
    [InlineData(
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        "max_tokens renamed to max_completion_tokens")]
    [InlineData("Bad request: json: unknown field \"max_completion_tokens\"", "max_tokens renamed to max_tokens")]
    [InlineData("Unknown parameter: 'top_k'.", "top_k left out")]
    [InlineData("Unrecognized request argument supplied: top_k", "top_k left out")]
    [InlineData("Model eu.anthropic.claude-opus-5 does not support the temperature parameter.", "temperature left out")]
    [InlineData(
        "`temperature` and `top_p` cannot both be specified for this model. Please use only one.", "top_p left out with temperature")]
    [InlineData(
        "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\".",
        "reasoning requested by adaptive")]
    [InlineData(
        "\"thinking.type.adaptive\" is not supported for this model. Use \"thinking.type.enabled\" instead.",
        "reasoning requested by budget")]
    [InlineData("reasoning_effort: Extra inputs are not permitted", "reasoning left out")]
    [InlineData("Bad request: json: unknown field \"thinking\"", "reasoning left out")]
    [InlineData("Bad request: json: unknown field \"reasoning_effort\"", "reasoning left out")]
    [InlineData(
        "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'none', 'low', and " +
        "'high'.",
        "reasoning_effort one of none, low, high")]
    [InlineData(
        "Bad request: reasoning_effort: unknown variant `xhigh`, expected one of `low`, `high`, `max`",
        "reasoning_effort one of low, high, max")]
    [InlineData("output_config.effort: invalid value 'none', expected one of 'low', 'max'", "reasoning_effort one of low, max")]
    [InlineData("Multiple tool calls are not supported.\n", "tool_calls one per turn")]
    [InlineData(
        "Function call is missing a thought_signature in functionCall parts. Function call `default_api:f`, position 1.",
        "thought_signature added to calls without one")]
    [InlineData("Compiled grammar size (486.7MB) exceeds maximum allowed size (300MB)", "strict left out")]
    [InlineData(
        "max_tokens: 64000 > 32000, which is the maximum allowed number of output tokens for claude-opus-4-1", "max_tokens at most 32000")]
    [InlineData(
        "Bad request: messages.1.content.1.type: unknown variant `image_url`, expected one of `text`, `reasoning`",
        "messages.media replaced by a note")]
    [InlineData("Failed to enforce schema of the request. Unexpected field 'temperature'.", "temperature left out")]
    [InlineData("thinking.enabled.display: Extra inputs are not permitted", "thinking.display left out")]
    [InlineData("response_format.json_schema.strict: Extra inputs are not permitted", "response_format.strict left out")]
    [InlineData("Bad request: json: unknown field \"strict\"", "strict left out")]
    [InlineData(
        "Invalid JSON payload received. Unknown name \"strict\" at 'tools[0].function_declarations[0]': Cannot find field.",
        "strict left out")]
    [InlineData("tools.0.custom.cache_control: Extra inputs are not permitted", "cache_control left out")]
    [InlineData("Unsupported value: 'reasoning_effort' does not support 'minimal' with this model.", "reasoning_effort never minimal")]
    [InlineData("Function tools with reasoning_effort are not supported in /v1/chat/completions.", "reasoning_effort left out with tools")]
    [InlineData("`temperature` may only be set to 1 when thinking is enabled.", "sampling left out with thinking")]
    [InlineData(
        "Thinking may not be enabled when tool_choice forces tool use.", "thinking left out with a forced tool choice")]
    [InlineData("output_config.effort: Extra inputs are not permitted", "reasoning left out")]
    [InlineData("output_config: Extra inputs are not permitted", "reasoning left out")]
    [InlineData(
        "The toolConfig field must be defined when using toolUse and toolResult content blocks.",
        "tools a placeholder declared after tool calls")]
    [InlineData(
        "Requests which include `tool_use` or `tool_result` blocks must define tools.", "tools a placeholder declared after tool calls")]
    [InlineData("Unknown parameter in toolConfig.toolChoice: \"none\", must be one of: auto, any, tool", "tool_choice never none")]
    [InlineData("max_tokens (32000) cannot exceed 25000.", "max_tokens at most 25000")]
    [InlineData("max_new_tokens 128000 cannot be greater than max_output_tokens 25000.", "max_tokens at most 25000")]
    [InlineData(
        "max_tokens is too large: 64000. This model supports at most 16384 completion tokens, whereas you provided 64000.",
        "max_tokens at most 16384")]
    [InlineData(
        "function call `default_api:f` in the 2. content block is missing a `thought_signature`.",
        "thought_signature added to calls without one")]
    [InlineData(
        "Unknown name \"const\" at 'generation_config.response_schema': Cannot find field.", "schemas converted to the Google dialect")]
    [InlineData(
        "* GenerateContentRequest.tools[0].function_declarations[0].parameters.properties[url].format: only 'enum' and 'date-time' are " +
        "supported for STRING type",
        "schemas converted to the Google dialect")]
    public void An_error_that_names_the_parameter_yields_a_correction(string words, string correction)
    {
        var read = CorrectionParser.Parse(words);

        Assert.Equal(correction, $"{read?.Field} {read?.Change}");
        Assert.Equal(words, read?.ServiceMessage);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("This endpoint databricks-gemini-2-5-pro is deprecated")]
    [InlineData("messages: text content blocks must be non-empty")]
    [InlineData("Bad request: json: unknown field \"custom_inputs\"")]
    [InlineData("Bad request: \"parameters\" is a required property for \"function\" object in parameter \"tools\"")]
    [InlineData("Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.")]
    [InlineData("Missing required parameter: 'response_format.json_schema.name'.")]
    [InlineData("response_format.type: invalid value 'json_object', expected one of 'text', 'json_schema'")]
    [InlineData("Invalid schema for response_format 'x': 'additionalProperties' is required to be supplied and to be false")]
    [InlineData("temperature: must be between 0 and 2")]
    [InlineData("`max_tokens` must be greater than `thinking.budget_tokens`")]
    [InlineData("Unsupported parameter: 'messages' is not supported with this model.")]
    [InlineData("Failed to enforce schema of the request. Unexpected field 'tools'.")]
    [InlineData("Unsupported parameter: 'tools' is not supported with this model.")]
    [InlineData("tool_choice: Extra inputs are not permitted")]
    [InlineData("response_format: Extra inputs are not permitted")]
    [InlineData("n: Extra inputs are not permitted")]
    [InlineData("output_config.format: Extra inputs are not permitted")]
    [InlineData("tools.0.custom.input_schema.properties.temperature: Extra inputs are not permitted")]
    [InlineData("tools.0.custom.input_schema.properties.temperature: not supported")]
    [InlineData("tools.0.custom.input_schema.properties.$seed: Extra inputs are not permitted")]
    [InlineData("tools.0.custom.input_schema.properties.strict: Extra inputs are not permitted")]
    [InlineData("Invalid schema for function 'f': In context=('properties', 'temperature'), 'temperature' is not permitted.")]
    public void What_would_change_the_meaning_or_names_nothing_teaches_nothing(string? words) => Assert.Null(CorrectionParser.Parse(words));
}
