namespace Connectors.Databricks.Tests.Emulator.Refusals;

public class MessageRuleTests
{
    [Fact]
    public async Task A_system_message_comes_first()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"user","content":"Hi"},{"role":"system","content":"Be brief."}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: messages.1.role: a system message may appear at most once and only as
               the first message\n"}
            """),
            answer);
    }

    [Fact]
    public async Task There_is_one_system_message_at_most()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"system","content":"A"},{"role":"system","content":"B"},{"role":"user","content":"Hi"}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages.1.role: a system message may appear at most once and only
               as the first message\"}"}
            """),
            answer);
    }

    [Fact]
    public async Task Only_OpenAI_knows_developers()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct",
            """{"messages":[{"role":"developer","content":"A"},{"role":"user","content":"Hi"}]}""");

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"Bad request: messages.0.role: unknown variant `developer`, expected one of
               `system`, `user`, `assistant`, `tool`\n"}
            """),
            answer);
    }

    [Fact]
    public async Task A_message_has_no_members_of_other_families()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.AskAsync(
            "databricks-claude-sonnet-4-5",
            """
            {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"x","reasoning_content":"y"},{"role":"user",
              "content":"Hi"}]}
            """);

        Assert.Equal(
            Wire.Unwrapped("""
            400 {"error_code":"BAD_REQUEST","message":"{\"message\":\"messages.1.reasoning_content: Extra inputs are not permitted\"}"}
            """),
            answer);
    }

    [Theory]
    [InlineData(true, "400 ")]
    [InlineData(false, "200 ")]
    public async Task Roles_alternate_where_the_emulator_is_told_so(bool required, string status)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.RequiresAlternatingRoles = required);

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct", """{"messages":[{"role":"user","content":"A"},{"role":"user","content":"B"}]}""");

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_turns_of_the_assistant_alternate_only_with_a_result_between_them()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.RequiresAlternatingRoles = true);
        const string Call = """
            {"role":"user","content":"A"},
            {"role":"assistant","content":"B","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}
            """;
        const string Result = """{"role":"tool","tool_call_id":"c","content":"1"}""";
        const string Said = """{"role":"assistant","content":"C"},{"role":"user","content":"D"}""";

        string joined = await wire.AskAsync("databricks-meta-llama-3-3-70b-instruct", $$"""{"messages":[{{Call}},{{Result}},{{Said}}]}""");
        string adjacent = await wire.AskAsync("databricks-meta-llama-3-3-70b-instruct", $$"""{"messages":[{{Call}},{{Said}}]}""");

        Assert.Equal(("200", "400"), (joined[..3], adjacent[..3]));
        Assert.Contains("must alternate", adjacent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "400 ")]
    [InlineData(false, "200 ")]
    public async Task Names_on_messages_are_refused_where_the_emulator_is_told_so(bool refused, string status)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.AcceptsMessageNames = !refused);

        string answer = await wire.AskAsync(
            "databricks-meta-llama-3-3-70b-instruct", """{"messages":[{"role":"user","name":"ada","content":"A"}]}""");

        Assert.StartsWith(status, answer, StringComparison.Ordinal);
    }
}
