using System.Globalization;

namespace Connectors.Databricks.Tests.Sql.Results;

public class SqlRowTests
{
    private static SqlRow Row(string? value, string name = "x") => new([new SqlColumn(name)], [value]);

    [Fact]
    public void Values_are_read_as_their_types()
    {
        Assert.Equal(7, Row("7").Get<int>("x"));
        Assert.Equal(long.MaxValue, Row("9223372036854775807").Get<long>("X"));
        Assert.Equal(double.NaN, Row("NaN").Get<double>("x"));
        Assert.Equal(1.0E10, Row("1.0E10").Get<double>("x"));
        Assert.Equal(1.20m, Row("1.20").Get<decimal>("x"));
        Assert.Equal(0.00000012m, Row("1.2E-7").Get<decimal>("x"));
        Assert.True(Row("true").Get<bool>("x"));
        Assert.Equal("text", Row("text").Get<string>("x"));
        Assert.Equal(new DateOnly(2026, 11, 30), Row("2026-11-30").Get<DateOnly>("x"));
        Assert.Equal("y", Row("""{"response":"y","errorMessage":null}""").GetJson("x").GetProperty("response").GetString());
    }

    [Theory]
    [InlineData("2026-11-30T10:20:30.123Z")]
    [InlineData("2026-11-30T11:20:30.123+01:00")]
    [InlineData("2026-11-30 10:20:30.123")]
    public void Times_without_an_offset_are_UTC(string text)
    {
        var expected = new DateTimeOffset(2026, 11, 30, 10, 20, 30, 123, TimeSpan.Zero);

        Assert.Equal(expected, Row(text).Get<DateTimeOffset>("x"));
        Assert.Equal((expected.UtcDateTime, DateTimeKind.Utc), (Row(text).Get<DateTime>("x"), Row(text).Get<DateTime>("x").Kind));
    }

    [Fact]
    public void Values_do_not_depend_on_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(1.5, Row("1.5").Get<double>("x"));
            Assert.Equal("1.5", SqlParameter.Create("a", 1.5).Value);
            Assert.Equal("-1.5", SqlParameter.Create("a", -1.5m).Value);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void NULL_is_no_value()
    {
        Assert.True(Row(null).IsNull("x"));
        Assert.False(Row(null).TryGet<int>("x", out var value));
        Assert.Equal(0, value);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, Row(null).GetJson("x").ValueKind);
        Assert.Equal("The column 'x' is NULL.", Assert.Throws<InvalidOperationException>(() => Row(null).Get<int>("x")).Message);
    }

    [Fact]
    public void A_value_of_another_type_is_not_quoted()
    {
        Assert.Equal(
            "The column 'x STRING' cannot be read as Int32.", Assert.Throws<FormatException>(() => Row("Ada").Get<int>("x")).Message);
        Assert.Equal("The column 'x' is not JSON.", Assert.Throws<FormatException>(() => Row("Ada").GetJson("x")).Message);
    }

    [Fact]
    public void Columns_are_found_by_name_and_number()
    {
        var row = new SqlRow([new SqlColumn("a"), new SqlColumn("b"), new SqlColumn("A")], ["1", "2", "3"]);

        Assert.Equal(("2", "3"), (row["B"], row[2]));
        Assert.Equal("a, b, A", row.ToString());
        Assert.StartsWith(
            "Several columns are named 'a'.", Assert.Throws<ArgumentException>(() => row["a"]).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "The result has no column 'c'. It has: a, b, A.", Assert.Throws<ArgumentException>(() => row["c"]).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => row[3]);
    }
}
