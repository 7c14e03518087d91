namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class ToolRuleTests
{
    [Fact]
    public async Task At_most_32_tools_are_offered()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """
            {"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f0",
              "parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f1","parameters":{"type":"object",
              "properties":{}}}},{"type":"function","function":{"name":"f2","parameters":{"type":"object","properties":{}}}},
              {"type":"function","function":{"name":"f3","parameters":{"type":"object","properties":{}}}},{"type":"function",
              "function":{"name":"f4","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f5",
              "parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f6","parameters":{"type":"object",
              "properties":{}}}},{"type":"function","function":{"name":"f7","parameters":{"type":"object","properties":{}}}},
              {"type":"function","function":{"name":"f8","parameters":{"type":"object","properties":{}}}},{"type":"function",
              "function":{"name":"f9","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f10",
              "parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f11","parameters":{"type":"object",
              "properties":{}}}},{"type":"function","function":{"name":"f12","parameters":{"type":"object","properties":{}}}},
              {"type":"function","function":{"name":"f13","parameters":{"type":"object","properties":{}}}},{"type":"function",
              "function":{"name":"f14","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f15",
              "parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f16","parameters":{"type":"object",
              "properties":{}}}},{"type":"function","function":{"name":"f17","parameters":{"type":"object","properties":{}}}},
              {"type":"function","function":{"name":"f18","parameters":{"type":"object","properties":{}}}},{"type":"function",
              "function":{"name":"f19","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f20",
              "parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f21","parameters":{"type":"object",
              "properties":{}}}},{"type":"function","function":{"name":"f22","parameters":{"type":"object","properties":{}}}},
              {"type":"function","function":{"name":"f23","parameters":{"type":"object","properties":{}}}},{"type":"function",
              "function":{"name":"f24","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f25",
              "parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f26","parameters":{"type":"object",
              "properties":{}}}},{"type":"function","function":{"name":"f27","parameters":{"type":"object","properties":{}}}},
              {"type":"function","function":{"name":"f28","parameters":{"type":"object","properties":{}}}},{"type":"function",
              "function":{"name":"f29","parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f30",
              "parameters":{"type":"object","properties":{}}}},{"type":"function","function":{"name":"f31","parameters":{"type":"object",
              "properties":{}}}},{"type":"function","function":{"name":"f32","parameters":{"type":"object","properties":{}}}}]}
            """);

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: tools: at most 32 functions are supported, got 33\n"}""",
            answer);
    }

    [Fact]
    public async Task A_tool_needs_parameters()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","description":"d"}}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: \"parameters\" is a required property for \"function\" object in
               parameter \"tools\""}
            """),
            answer);
    }

    [Fact]
    public async Task Claude_does_not_permit_strict()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","description":"d",
              "parameters":{"type":"object","properties":{}},"strict":true}}]}
            """);

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"tools.0.custom.strict: Extra inputs are not permitted\"}"}""",
            answer);
    }

    [Fact]
    public async Task Gemini_does_not_know_the_schema_keyword()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """
            {"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","description":"d",
              "parameters":{"$schema":"x","type":"object","properties":{}}}}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Invalid JSON payload received. Unknown name \"$schema\" at
               'tools[0].function_declarations[0].parameters': Cannot find field."}
            """),
            answer);
    }

    [Fact]
    public async Task Gemini_names_the_place_of_each_unknown_keyword()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Strict = true);

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """
            {"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","description":"d",
              "parameters":{"type":"object","additionalProperties":false,"properties":{"a":{"type":"integer","exclusiveMinimum":1},
              "b":{"type":["string","null"]},"c":{"type":"array"}}}}}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Invalid JSON payload received. Unknown name \"additionalProperties\" at
               'tools[0].function_declarations[0].parameters': Cannot find field.\nInvalid JSON payload received. Unknown name
               \"exclusiveMinimum\" at 'tools[0].function_declarations[0].parameters.properties[0].value': Cannot find field.\nInvalid
               JSON payload received. Unknown name \"type\" at 'tools[0].function_declarations[0].parameters.properties[1].value': Proto
               field is not repeating, cannot start list.\nInvalid value at
               'tools[0].function_declarations[0].parameters.properties[2].value.items': missing field."}
            """),
            answer);
    }

    [Fact]
    public async Task A_forced_tool_must_be_offered()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """
            {"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","description":"d",
              "parameters":{"type":"object","properties":{}}}}],"tool_choice":{"type":"function","function":{"name":"g"}}}
            """);

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: tool_choice: tool 'g' is not in tools\n"}""",
            answer);
    }

    [Fact]
    public async Task A_required_call_needs_tools()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"}],"tool_choice":"required"}""");

        Assert.Equal(
            """400 {"error_code":"BAD_REQUEST","message":"Bad request: tool_choice: tools are required when tool_choice is set\n"}""",
            answer);
    }

    [Fact]
    public async Task Strict_can_be_allowed_on_Claude()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.ClaudeAcceptsStrictTools = true);

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"}],
             "tools":[{"type":"function","function":{"name":"f","strict":true,"parameters":{"type":"object","properties":{}}}}]}
            """);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gemini_can_be_told_to_refuse_only_what_was_seen_on_Databricks()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.GeminiEnforcesGoogleSchema = false);

        string answer = await wire.AskAsync(
            "databricks-gemini-3-1-pro",
            """
            {"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f",
             "parameters":{"type":"object","additionalProperties":false,"properties":{}}}}]}
            """);

        Assert.StartsWith("200 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"anyOf":[{"type":"string"}]}}}""", "400 ")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""", "200 ")]
    [InlineData(
        """
        {"type":"object","properties":{"a":{},"b":{},"c":{},"d":{},"e":{},"f":{},"g":{},"h":{},"i":{},
          "j":{},"k":{},"l":{},"m":{},"n":{},"o":{},"p":{},"q":{}}}
        """,
        "400 ")]
    public async Task The_documented_limits_of_a_schema_hold_when_asked_for(string schema, string status)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.EnforcesDocumentedSchemaLimits = true);

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            $$$"""
            {"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{{{schema}}}}}]}
            """);

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tool_choice_is_one_of_three_words()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """
            {"messages":[{"role":"user","content":"Hi"}],"tool_choice":"any",
             "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}]}
            """);

        Assert.Equal(
            Wire.Unwrapped(
                """
                400 {"error_code":"BAD_REQUEST",
                  "message":"Bad request: tool_choice: unknown variant `any`, expected one of `none`, `auto`, `required`\n"}
                """),
            answer);
    }

    [Theory]
    [InlineData("""{"name":"f","parameters":{"type":"object","properties":{}}}""")]
    [InlineData("""{"type":"web_search"}""")]
    public async Task A_tool_that_is_no_function_is_refused(string tool)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct", $$$"""{"messages":[{"role":"user","content":"Hi"}],"tools":[{{{tool}}}]}""");

        Assert.Equal(
            Wire.Unwrapped(
                """
                400 {"error_code":"BAD_REQUEST",
                  "message":"Bad request: tools.0: a tool must be of type 'function' and have a 'function'\n"}
                """),
            answer);
    }
}
