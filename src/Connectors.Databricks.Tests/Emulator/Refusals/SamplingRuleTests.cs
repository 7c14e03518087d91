namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class SamplingRuleTests
{
    [Fact]
    public async Task Gpt_5_takes_no_temperature_but_one()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"temperature":0.1}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Unsupported value: 'temperature' does not
               support 0.1 with this model. Only the default (1) value is supported.\",\n    \"type\": \"invalid_request_error\",\n   
               \"param\": \"temperature\",\n    \"code\": \"unsupported_value\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Gpt_5_takes_no_top_p()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"top_p":1}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Unsupported parameter: 'top_p' is not
               supported with this model.\",\n    \"type\": \"invalid_request_error\",\n    \"param\": \"top_p\",\n    \"code\":
               \"unsupported_parameter\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Gpt_5_takes_no_penalty()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"presence_penalty":0}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Unsupported parameter: 'presence_penalty' is
               not supported with this model.\",\n    \"type\": \"invalid_request_error\",\n    \"param\": \"presence_penalty\",\n   
               \"code\": \"unsupported_parameter\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Gpt_5_takes_no_stop()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"stop":["x"]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Unsupported parameter: 'stop' is not
               supported with this model.\",\n    \"type\": \"invalid_request_error\",\n    \"param\": \"stop\",\n    \"code\":
               \"unsupported_parameter\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task Adaptive_Claude_takes_no_temperature()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-opus-4-8",
            """{"messages":[{"role":"user","content":"Hi"}],"temperature":1}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Model us.anthropic.claude-opus-4-8 does not support the temperature parameter."}
            """),
            answer);
    }

    [Fact]
    public async Task Adaptive_Claude_takes_no_top_p()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-opus-4-8",
            """{"messages":[{"role":"user","content":"Hi"}],"top_p":0.5}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Model us.anthropic.claude-opus-4-8 does not support the top_p parameter."}""",
            answer);
    }

    [Fact]
    public async Task Adaptive_Claude_takes_no_top_k()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-opus-4-8",
            """{"messages":[{"role":"user","content":"Hi"}],"top_k":5}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Model us.anthropic.claude-opus-4-8 does not support the top_k parameter."}""",
            answer);
    }

    [Fact]
    public async Task Manual_Claude_takes_temperature_or_top_p_and_not_both()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"temperature":1,"top_p":0.5}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"`temperature` and `top_p` cannot both be specified for this model.
               Please use only one.\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task Claude_gives_one_choice_only()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hi"}],"n":2}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"n: Extra inputs are not permitted\"}"}""",
            answer);
    }

    [Fact]
    public async Task Native_models_give_five_choices_at_most()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"n":6}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: n: must be between 1 and 5\n"}""",
            answer);
    }

    [Fact]
    public async Task OpenAI_gives_five_choices_at_most()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2",
            """{"messages":[{"role":"user","content":"Hi"}],"n":6}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\n  \"error\": {\n    \"message\": \"Invalid value for 'n': must be between 1 and
               5\",\n    \"type\": \"invalid_request_error\",\n    \"param\": \"n\",\n    \"code\": \"invalid_value\"\n  }\n}"}
            """),
            answer);
    }

    [Fact]
    public async Task A_temperature_above_two_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"temperature":2.5}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: temperature: must be between 0 and 2\n"}""",
            answer);
    }

    [Fact]
    public async Task A_top_p_of_zero_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"top_p":0}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: top_p: must be greater than 0 and at most 1\n"}""",
            answer);
    }

    [Fact]
    public async Task No_tokens_at_all_is_refused()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"max_tokens":0}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: max_tokens: must be at least 1\n"}""",
            answer);
    }

    [Fact]
    public async Task Gpt_5_takes_a_temperature_of_one()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gpt-5-2", """{"messages":[{"role":"user","content":"Hi"}],"temperature":1}""");

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Temperature_with_top_p_can_be_allowed_on_Claude()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ClaudeAcceptsTemperatureWithTopP = true);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5", """{"messages":[{"role":"user","content":"Hi"}],"temperature":1,"top_p":0.5}""");

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }
}
