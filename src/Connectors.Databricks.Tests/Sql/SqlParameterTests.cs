namespace Connectors.Databricks.Tests.Sql;

public class SqlParameterTests
{
    [Fact]
    public void Each_type_has_its_text_form() => Assert.Equal(
        [
            "STRING a", "STRING NULL", "BOOLEAN true", "BIGINT 7", "DOUBLE 0.1", "DECIMAL(3,2) 1.50", "DECIMAL(38,18) NULL",
            "DECIMAL(1,0) 0", "DATE 2026-11-30", "TIMESTAMP 2026-11-30T10:00:00.000000Z", "DECIMAL(18,2) 1",
        ],
        new[]
        {
            SqlParameter.Create("p", "a"), SqlParameter.Create("p", (string?)null), SqlParameter.Create("p", true),
            SqlParameter.Create("p", 7), SqlParameter.Create("p", 0.1), SqlParameter.Create("p", 1.50m),
            SqlParameter.Create("p", (decimal?)null), SqlParameter.Create("p", 0m), SqlParameter.Create("p", new DateOnly(2026, 11, 30)),
            SqlParameter.Create("p", new DateTimeOffset(2026, 11, 30, 11, 0, 0, TimeSpan.FromHours(1))),
            new SqlParameter("p", "1", "DECIMAL(18,2)"),
        }.Select(parameter => $"{parameter.Type} {parameter.Value ?? "NULL"}"));

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("a b")]
    [InlineData("a;DROP TABLE t")]
    [InlineData("a`")]
    [InlineData(":a")]
    [InlineData("ä")]
    public void A_name_that_is_not_a_parameter_name_is_rejected(string name) =>
        Assert.Throws<ArgumentException>(nameof(name), () => SqlParameter.Create(name, "a"));
}
