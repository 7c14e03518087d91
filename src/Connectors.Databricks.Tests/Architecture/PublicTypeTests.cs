using System.Reflection;
using System.Text.Json;

namespace Connectors.Databricks.Tests.Architecture;

public class PublicTypeTests
{
    private static readonly Type[] Types =
    [
        .. Assembly.Load("Connectors.Databricks").GetExportedTypes(),
            .. Assembly.Load("Connectors.Databricks.Management").GetExportedTypes(),
    ];

    [Fact]
    public void No_public_record_is_positional() => Rule.Holds(
        PublicTypeRules.NoPositionalRecords(Types.Concat(Assembly.Load("Connectors.Databricks.Emulator").GetExportedTypes())));

    [Fact]
    public void No_open_string_is_a_record() => Rule.Holds(PublicTypeRules.OpenStringsAreNoRecords(Types));

    [Fact]
    public void Public_records_with_equal_values_are_equal() => Rule.Holds(PublicTypeRules.RecordsCompareValues(Types));

    [Fact]
    public void Nothing_converts_implicitly() => Rule.Holds(PublicTypeRules.ImplicitConversions(Types));

    [Fact]
    public void Open_strings_are_like_ChatRole() => Rule.Holds(PublicTypeRules.OpenStringsAreLikeChatRole(Types));

    [Fact]
    public void A_type_that_breaks_a_rule_is_named()
    {
        const string Tests = "Connectors.Databricks.Tests.Architecture.PublicTypeTests";
        Assert.Equal(
            [$"{Tests}+Positional is a positional record; give it properties with init instead."],
            PublicTypeRules.NoPositionalRecords([typeof(Positional), typeof(WithList)]));
        Assert.Equal(
            [$"{Tests}+Word is a record; write it as Microsoft.Extensions.AI writes ChatRole."],
            PublicTypeRules.OpenStringsAreNoRecords([typeof(Word), typeof(int)]));
        Assert.Equal(
            [$"{Tests}+WithList: two records with equal members are not equal; is one of them Names, Json?"],
            PublicTypeRules.RecordsCompareValues([typeof(WithList), typeof(Positional)]));
        Assert.Equal(
            [$"{Tests}+Ignoring: records with different values of Ignored are equal"],
            PublicTypeRules.RecordsCompareValues([typeof(Ignoring)]));
        Assert.Equal(["System.Half converts implicitly from Byte.", "System.Half converts implicitly from SByte."],
            PublicTypeRules.ImplicitConversions([typeof(Half)]).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                $"{Tests}+Word: equality depends on case", $"{Tests}+Word: ToString() is not the text",
                $"{Tests}+Word: the constructor accepts null", $"{Tests}+Word: the constructor accepts ''",
                $"{Tests}+Word: the constructor accepts ' '", $"{Tests}+Word: a default structure is not an empty text",
            ],
            PublicTypeRules.OpenStringsAreLikeChatRole([typeof(Word), typeof(int)]));
    }

    internal sealed record Positional(string Name);

    internal sealed record WithList
    {
        public IReadOnlyList<string> Names { get; init; } = [];

        public JsonElement? Json { get; init; }
    }

    internal sealed record Ignoring
    {
        public int Ignored { get; init; }

        public bool Equals(Ignoring? other) => other is not null;

        public override int GetHashCode() => 0;
    }

    internal readonly record struct Word(string Value);
}
