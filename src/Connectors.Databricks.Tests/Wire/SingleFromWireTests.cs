using System.Globalization;
using System.Text;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Tests.Wire;

public class SingleFromWireTests
{
    private const int Formats = 6;

    [Fact]
    public void Ten_million_numbers_are_read_as_the_framework_reads_them()
    {
        var random = new Random(20261121);
        Span<byte> text = stackalloc byte[128];
        for (var i = 0; i < 10_000_000; i++)
        {
            var length = Write(Number(random, i), i, text);
            text[length..].Fill((byte)',');
            if (!Read(text, out var taken, out var value) || taken != length ||
                BitConverter.SingleToInt32Bits(value) != BitConverter.SingleToInt32Bits(Expected(text[..length])))
            {
                Assert.Fail($"{Encoding.UTF8.GetString(text[..length])} was read as {value:R}, {taken} bytes.");
            }
        }
    }

    [Theory]
    [InlineData("0", 0f)]
    [InlineData("-0", -0f)]
    [InlineData("-0.0", -0f)]
    [InlineData("0.1", 0.1f)]
    [InlineData("-1", -1f)]
    [InlineData("999.999", 999.999f)]
    [InlineData("123456789", 123456789f)]
    [InlineData("1e-05", 1e-05f)]
    [InlineData("1.5E+2", 150f)]
    [InlineData("1.1754943508222875e-38", 1.17549435E-38f)]
    [InlineData("1e-45", 1e-45f)]
    [InlineData("1e-60", 0f)]
    [InlineData("3.4028234663852886e38", float.MaxValue)]
    [InlineData("0.00000000000000000000000000000000012345", 1.2345e-34f)]
    public void A_number_is_exact(string text, float expected) => Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitsOf(text));

    [Theory]
    [InlineData("16777217")]
    [InlineData("1.000000059604644775390625")]
    [InlineData("1.00000005960464477539062500000000000000000000001")]
    [InlineData("1.00000017881393432617187499999999999999999999999")]
    [InlineData("0.500000029802322387695312499999999")]
    [InlineData("0.50000002980232239")]
    [InlineData("0.5000000298023224")]
    public void A_number_in_the_middle_between_two_floats_is_rounded_as_the_framework_rounds_it(string text) =>
        Assert.Equal(BitConverter.SingleToInt32Bits(Expected(Encoding.UTF8.GetBytes(text))), BitsOf(text));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01.5")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("null")]
    [InlineData("1e39")]
    [InlineData("-1e999")]
    public void What_is_no_number_of_JSON_or_no_float_is_refused(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + new string(']', 64));

        Assert.Equal(0, SingleFromWire.TryReadFast(ref bytes[0], out _));
        Assert.Equal(-1, SingleFromWire.Read(bytes, isAll: true, out _));
    }

    [Fact]
    public void A_number_at_the_end_of_the_data_may_go_on() =>
        Assert.Equal((0, 4), (SingleFromWire.Read("0.25"u8, isAll: false, out _), SingleFromWire.Read("0.25"u8, isAll: true, out _)));

    private static int BitsOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text + new string(',', 64));
        Assert.True(Read(bytes, out var taken, out var value));
        Assert.Equal(text.Length, taken);
        return BitConverter.SingleToInt32Bits(value);
    }

    private static bool Read(Span<byte> text, out int taken, out float value)
    {
        taken = SingleFromWire.TryReadFast(ref text[0], out value);
        if (taken == 0)
        {
            taken = SingleFromWire.Read(text, isAll: true, out value);
        }

        return taken > 0;
    }

    private static float Expected(ReadOnlySpan<byte> text) => float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Half of them as models make them, a quarter of any size, and a quarter as close as can be to the middle between two floats.
    private static double Number(Random random, int i) => (i & 3) switch
    {
        0 => AnyFloat(random),
        1 => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(AnyFloat(random)) | (1L << 28)),
        _ => (float)((random.NextDouble() - 0.5) * 0.1),
    };

    private static float AnyFloat(Random random)
    {
        float value;
        do
        {
            value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        }
        while (!float.IsFinite(value) || MathF.Abs(value) > 1e38f);
        return value;
    }

    private static int Write(double number, int i, Span<byte> text)
    {
        var culture = CultureInfo.InvariantCulture;
        var format = (i % Formats) switch
        {
            0 or 1 => "R",
            2 => "E16",
            3 => "E9",
            _ when Math.Abs(number) > 1e9 => "R",
            4 => "F18",
            _ => "F12",
        };
        var isShort = i % Formats == 0;
        var isWritten = isShort
            ? ((float)number).TryFormat(text, out var length, format, culture)
            : number.TryFormat(text, out length, format, culture);
        Assert.True(isWritten);
        return length;
    }
}
