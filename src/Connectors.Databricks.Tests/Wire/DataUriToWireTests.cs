using System.Text;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Tests.Wire;

public class DataUriToWireTests
{
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "AA==")]
    [InlineData(2, "AAE=")]
    [InlineData(3, "AAEC")]
    [InlineData(4, "AAECAw==")]
    [InlineData(5, "AAECAwQ=")]
    [InlineData(6, "AAECAwQF")]
    [InlineData(7, "AAECAwQFBg==")]
    [InlineData(8, "AAECAwQFBgc=")]
    [InlineData(9, "AAECAwQFBgcI")]
    [InlineData(10, "AAECAwQFBgcICQ==")]
    public void Few_bytes_are_padded_to_groups_of_four(int length, string base64) => Assert.Equal(
        $"\"data:image/png;base64,{base64}\"",
        Written([.. Enumerable.Range(0, length).Select(value => (byte)value)]));

    [Theory]
    [InlineData(3071)]
    [InlineData(3072)]
    [InlineData(3073)]
    [InlineData(6144)]
    [InlineData(6145)]
    [InlineData(300 * 1024)]
    [InlineData(300 * 1024 + 1)]
    public void Many_bytes_are_padded_at_their_end_alone(int length)
    {
        var data = new byte[length];
        new Random(length).NextBytes(data);

        Assert.Equal($"\"data:image/png;base64,{Convert.ToBase64String(data)}\"", Written(data));
    }

    [Fact]
    public void Plus_and_slash_are_not_escaped() => Assert.Equal(
        "\"data:image/png;base64,++++////\"",
        Written([0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff]));

    private static string Written(byte[] data)
    {
        using var buffer = new SegmentedBuffer();
        using (var writer = JsonWriting.CreateWriter(buffer))
        {
            DataUriToWire.WriteStringValue(writer, "image/png", data);
        }

        return Encoding.UTF8.GetString(buffer.Contiguous());
    }
}
