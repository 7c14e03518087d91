using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class ToolSelectorTests
{
    private const string Weather = """
        {"type":"function","function":{"name":"get_weather","description":"Gets the current weather of a city",
          "parameters":{"type":"object",
        "properties":{"city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]}},"required":["city"]}}}
        """;

    private const string Time = """
        {"type":"function","function":{"name":"get_time","description":"Returns the local time of a city","parameters":{"type":"object",
        "properties":{"city":{"type":"string"}},"required":["city"]}}}
        """;

    private const string Sum = """
        {"type":"function","function":{"name":"calculate","description":"Evaluates an arithmetic expression","parameters":{"type":"object",
        "properties":{"expression":{"type":"string"}},"required":["expression"]}}}
        """;

    private const string Order = """
        {"type":"function","function":{"name":"lookup_order","description":"Looks up the status of an order","parameters":{"type":"object",
        "properties":{"order_id":{"type":"string"}},"required":["order_id"]}}}
        """;

    private const string Mail = """
        {"type":"function","function":{"name":"send_email","description":"Sends an email","parameters":{"type":"object",
        "properties":{"to":{"type":"string"},"subject":{"type":"string"}},"required":["to","subject"]}}}
        """;

    private const string File = """
        {"type":"function","function":{"name":"read_file","description":"Reads a file","parameters":{"type":"object",
        "properties":{"path":{"type":"string"}},"required":["path"]}}}
        """;

    private const string Lamp = """
        {"type":"function","function":{"name":"Lights-change_state","description":"Changes the state of a light",
          "parameters":{"type":"object",
        "properties":{"id":{"type":"integer"},"is_on":{"type":"boolean"}},"required":["id","is_on"]}}}
        """;

    private const string Job = """
        {"type":"function","function":{"name":"get_job","description":"Gets one job",
          "parameters":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}}}
        """;

    private const string JobHistory = """
        {"type":"function","function":{"name":"get_job_history","description":"Gets what became of one job",
          "parameters":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}}}
        """;

    private const string Deletion = """
        {"type":"function","function":{"name":"delete_job","description":"Removes one job",
          "parameters":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}}}
        """;

    private const string Models = """
        {"type":"function","function":{"name":"list_models","description":"Lists the models","parameters":{"type":"object",
        "properties":{"capability":{"type":"string","enum":["tools","image-input","audio-input"]}}}}}
        """;

    [Theory]
    [InlineData("What is the weather in Paris?", """get_weather {"city":"Paris"}""")]
    [InlineData("Weather in New York, in fahrenheit please", """get_weather {"city":"New York","unit":"fahrenheit"}""")]
    [InlineData("What is the weather in Berlin and Rome?", """get_weather {"city":"Berlin"}; get_weather {"city":"Rome"}""")]
    [InlineData("Tell me the local time and the weather in Oslo", """get_time {"city":"Oslo"}; get_weather {"city":"Oslo"}""")]
    [InlineData("How much is 12 * (30 + 4)?", """calculate {"expression":"12 * (30 + 4)"}""")]
    [InlineData("How much is 12 times 34?", """calculate {"expression":"12 * 34"}""")]
    [InlineData("Where is my order A-1042?", """lookup_order {"order_id":"A-1042"}""")]
    [InlineData("Send an email to ada@example.com with subject \"Hello\"", """send_email {"to":"ada@example.com","subject":"Hello"}""")]
    [InlineData("Read the file docs/a.md", """read_file {"path":"docs/a.md"}""")]
    [InlineData("Turn on light 2", """Lights-change_state {"id":2,"is_on":true}""")]
    [InlineData("Turn light number 3 off", """Lights-change_state {"id":3,"is_on":false}""")]
    [InlineData("Describe prod.etl.daily-load", """get_job {"name":"prod.etl.daily-load"}""")]
    [InlineData("Tell me about the models of prod.etl.daily-load", """get_job {"name":"prod.etl.daily-load"}""")]
    [InlineData("Which models accept images?", """list_models {"capability":"image-input"}""")]
    [InlineData("Which models take input?", "list_models {}")]
    [InlineData("Tell me a joke", "")]
    public async Task A_tool_is_called_when_the_prompt_asks_for_what_it_does(string prompt, string calls)
    {
        string tools = $"[{Weather},{Time},{Sum},{Order},{Mail},{File},{Lamp},{Deletion},{Job},{JobHistory},{Models}]";

        Assert.Equal(calls, await CallsAsync("databricks-llama-4-maverick", prompt, tools));
    }

    [Fact]
    public async Task No_tool_is_called_when_the_choice_forbids_it() =>
        Assert.Equal("", await CallsAsync("databricks-llama-4-maverick", "Weather in Paris?", $"[{Weather}]",
            """
            ,"tool_choice":"none" 
            """));

    [Fact]
    public async Task Some_tool_is_called_when_the_choice_demands_it() =>
        Assert.Equal(
            """get_time {"city":"Oslo"}""",
            await CallsAsync("databricks-llama-4-maverick", "I am in Oslo", $"[{Time},{Order}]", ""","tool_choice":"required" """));

    [Fact]
    public async Task The_named_tool_is_called_whatever_the_prompt_says() =>
        Assert.Equal(
            """get_time {"city":"Paris"}""",
            await CallsAsync(
                "databricks-llama-4-maverick",
                "Weather in Paris?",
                $"[{Weather},{Time}]",
                ""","tool_choice":{"type":"function","function":{"name":"get_time"}} """));

    [Theory]
    [InlineData("databricks-gpt-oss-120b", "")]
    [InlineData("databricks-gpt-5-2", ""","parallel_tool_calls":false""")]
    public async Task Tools_are_called_one_by_one_where_they_cannot_be_called_together(string endpoint, string more) =>
        Assert.Equal(
            """get_weather {"city":"Oslo"}""",
            await CallsAsync(endpoint, "Tell me the weather and the time in Oslo", $"[{Weather},{Time}]", more));

    [Fact]
    public async Task The_second_tool_is_called_after_the_result_of_the_first()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.ReadAsync(
            "databricks-gpt-oss-120b",
            $$$"""
            {"messages":[{"role":"user","content":"Tell me the weather and the time in Oslo"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"get_weather",
              "arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":"rain"}],"tools":[{{{Weather}}},{{{Time}}}]}
            """);

        Assert.Equal("""get_time {"city":"Oslo"}""", Calls(answer));
    }

    private static async Task<string> CallsAsync(string endpoint, string prompt, string tools, string more = "")
    {
        await using Wire wire = await Wire.OpenAsync();
        JsonNode body = JsonNode.Parse($$$"""{"messages":[{"role":"user","content":""}],"tools":{{{tools}}}{{{more}}}}""")!;
        body["messages"]![0]!["content"] = prompt;
        return Calls(await wire.ReadAsync(endpoint, body.ToJsonString()));
    }

    private static string Calls(string answer) =>
        string.Join("; ", (JsonNode.Parse(answer)!["choices"]![0]!["message"]!["tool_calls"]?.AsArray() ?? [])
            .Select(call => $"{call!["function"]!["name"]} {call["function"]!["arguments"]}"));
}
