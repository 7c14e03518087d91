using Connectors.Databricks.Emulator;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Tests.Emulator.Text;

public class TokenizerTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("  \n", 0)]
    [InlineData("Hello, world!", 4)]
    [InlineData("  two  words  ", 2)]
    [InlineData("12.5 %", 4)]
    [InlineData("Zürich 😀!", 3)]
    public void Words_and_marks_are_counted(string text, int expected)
    {
        Assert.Equal(expected, EmulatedUsage.CountTokens(text));
        Assert.Equal(text, string.Concat(Tokenizer.Split(text)));
    }

    [Fact]
    public void The_space_before_a_word_belongs_to_it() =>
        Assert.Equal(["Hello", ",", " big", " 😀", " world  "], Tokenizer.Split("Hello, big 😀 world  "));
}
