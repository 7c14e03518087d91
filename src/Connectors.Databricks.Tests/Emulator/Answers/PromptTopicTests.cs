using Connectors.Databricks.Emulator.Answers;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class PromptTopicTests
{
    [Theory]
    [InlineData("Who wrote Faust?", "who wrote Faust")]
    [InlineData("Who was Ada Lovelace?", "Ada Lovelace")]
    [InlineData("What is the capital of France?", "the capital of France")]
    [InlineData("Describe system.ai.claude-sonnet-4-5", "system.ai.claude-sonnet-4-5")]
    [InlineData("What's the weather like in Lisbon today?", "the weather in Lisbon today")]
    [InlineData("Could you tell me about release v1.2?", "release v1.2")]
    [InlineData("Is the weather in Utrecht sunny?", "that")]
    [InlineData("Who did you meet?", "that")]
    [InlineData("", "that")]
    [InlineData("What is a name of more than sixty characters, which would make the response hard to read?", "that")]
    public void The_topic_is_in_the_words_of_the_prompt(string prompt, string expected) => Assert.Equal(expected, PromptTopic.Of(prompt));
}
