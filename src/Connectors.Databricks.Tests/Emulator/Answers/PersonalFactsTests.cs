using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class PersonalFactsTests
{
    [Theory]
    [InlineData("Hello, I am Ada.", "What is my name?", "Your name is Ada.")]
    [InlineData("I'm Ada and I'm tired.", "Who am I?", "Your name is Ada.")]
    [InlineData("Call me Ada Lovelace, please.", "Do you remember my name?", "Your name is Ada Lovelace.")]
    [InlineData("My name is Ada. I am German.", "What's my name?", "Your name is Ada.")]
    [InlineData("My name is Ada. No, my name is Grace.", "What is my name?", "Your name is Grace.")]
    [InlineData("my name is ada", "What is my name?", "Your name is ada.")]
    [InlineData("I live in Paris, near the river.", "Where do I live?", "You live in Paris.")]
    [InlineData("I'm from New York and I like jazz.", "Where am I from?", "You live in New York.")]
    [InlineData("The span is 120 metres and my budget is 3 million.", "What is my budget?", "Your budget is 3 million.")]
    [InlineData(
        "My bridge spans 120 metres and my budget is 3.5 million for all of it.",
        "And what is my budget?",
        "Your budget is 3.5 million.")]
    [InlineData(
        "My rent was 1,200 euros, my favorite color is dark blue.",
        "What is my favorite color?",
        "Your favorite color is dark blue.")]
    public async Task What_a_user_said_about_themselves_is_known_later(string told, string question, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            "databricks-llama-4-maverick",
            $$$"""
            {"messages":[
              {"role":"user","content":{{{JsonValue.Create(told).ToJsonString()}}}},
              {"role":"assistant","content":"Noted."},
              {"role":"user","content":{{{JsonValue.Create(question).ToJsonString()}}}}]}
            """);

        Assert.Equal(expected, answer);
    }

    [Fact]
    public async Task What_was_not_said_is_not_made_up()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.SayAsync("databricks-llama-4-maverick", "I am tired. What is my name?");

        Assert.StartsWith("I have no information about ", answer, StringComparison.Ordinal);
    }
}
