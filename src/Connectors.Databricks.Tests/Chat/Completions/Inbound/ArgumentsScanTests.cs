using System.Text;
using Connectors.Databricks.Chat.Completions.Inbound;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound;

public class ArgumentsScanTests
{
    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n\t", "empty")]
    [InlineData("{", "other")]
    [InlineData("{}", "closed")]
    [InlineData(" {\"a\":{\"b\":[1,{}]}} ", "closed")]
    [InlineData("{\"a\":\"}\"", "other")]
    [InlineData("{\"a\":\"\\\"}\"}", "closed")]
    [InlineData("{\"a\":\"\\\\\"}", "closed")]
    [InlineData("{} x", "other")]
    [InlineData("{}{}", "other")]
    [InlineData("[]", "other")]
    [InlineData("1", "other")]
    public void A_text_is_judged_alike_whole_and_byte_by_byte(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = default(ArgumentsScan);
        var pieces = default(ArgumentsScan);
        var last = pieces.Advance([]);
        for (var length = 1; length <= bytes.Length; length++)
        {
            last = pieces.Advance(bytes.AsSpan(0, length));
        }

        Assert.Equal(expected, Named(whole.Advance(bytes)));
        Assert.Equal(expected, Named(last));
    }

    private static string Named(bool? result) => result switch
    {
        true => "empty",
        null => "closed",
        false => "other",
    };
}
