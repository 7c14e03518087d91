using System.Reflection;

namespace Connectors.Databricks.Tests.Architecture;

public class PublicApiPrinterTests
{
    [Theory]
    [InlineData(typeof(Samples.Nullability<>), """
        public class Samples.Nullability<T>
        {
            public readonly string? Field;
            public Nullability();
            public Dictionary<string, List<string?>?> Nested { get; set; }
            public event EventHandler<string?>? Happened;
            public Task<string?> Later(string?[] many, string[]? none, int? number);
            public T? Marked(T? value);
            public T Plain(T value);
            public bool TryGet(string? key, out string? value);
        }
        """)]
    [InlineData(typeof(Samples), """
        public static class Samples
        {
            public static string Chosen(this string text, DayOfWeek day = DayOfWeek.Friday, DayOfWeek? none = null, char letter = 'x');
        }
        """)]
    [InlineData(typeof(Samples.Parameters), """
        public static class Samples.Parameters
        {
            public const double Half = 0.5D;
            public const string Quoted = "a\"b\\";
            public static void Defaults(int some = 3, string? name = null, bool on = true, long big = 5L, CancellationToken stop = default);
            public static void Passing(ref int a, out int b, in int c, ref readonly int d, params string[] rest);
        }
        """)]
    [InlineData(typeof(Samples.Properties), """
        public abstract class Samples.Properties : Samples.Base, IDisposable
        {
            protected Properties();
            [SetsRequiredMembers]
            protected Properties(string message);
            public abstract int Abstract { get; }
            protected internal int Guarded { get; set; }
            public int this[string key, int index = 0] { get; }
            public override string Message { get; }
            public string Narrow { get; protected set; }
            public required string Needed { get; init; }
            protected virtual int Own { get; }
            public string Read { get; }
            public static int Shared { get; }
            public abstract void Dispose();
        }
        """)]
    [InlineData(typeof(Samples.INumber<>), """
        public interface Samples.INumber<TSelf> where TSelf : Samples.INumber<TSelf>
        {
            int Size { get; }
            static abstract TSelf Zero { get; }
            void Act();
            virtual int Twice();
            static abstract TSelf operator +(TSelf left, TSelf right);
        }
        """)]
    [InlineData(typeof(Samples.Point), """
        public sealed record Samples.Point
        {
            public Point(int X, string? Name);
            public string? Name { get; init; }
            public int X { get; init; }
            public void Deconstruct(out int X, out string? Name);
        }
        """)]
    [InlineData(typeof(Samples.Tag), """
        public readonly record struct Samples.Tag : IComparable<Samples.Tag>
        {
            public Tag(string Value);
            public string Value { get; init; }
            public int CompareTo(Samples.Tag other);
            public void Deconstruct(out string Value);
            public override string ToString();
            public static bool operator >(Samples.Tag left, Samples.Tag right);
            public static bool operator >=(Samples.Tag left, Samples.Tag right);
            public static implicit operator Samples.Tag(string value);
            public static bool operator <(Samples.Tag left, Samples.Tag right);
            public static bool operator <=(Samples.Tag left, Samples.Tag right);
        }
        """)]
    [InlineData(typeof(Samples.Change<>), "public delegate bool Samples.Change<TItem>(TItem? before, ref int count) where TItem : class;")]
    [InlineData(typeof(Samples.Levels), """
        [Flags]
        public enum Samples.Levels : byte
        {
            None = 0,
            [Obsolete("Use None.")]
            Low = 1,
            High = 2,
        }
        """)]
    [InlineData(typeof(Samples.Outer<>.Inner<>), """
        public class Samples.Outer<T>.Inner<TItem> where TItem : IDisposable
        {
            public Inner();
            public (int, string?)[] Pair(IReadOnlyDictionary<TItem, (T, T)[]> map);
        }
        """)]
#pragma warning disable DBXEXP000 // The sample is experimental, so that its attribute can be printed.
    [InlineData(typeof(Samples.Generic), """
        [Experimental("DBXEXP000")]
        public abstract class Samples.Generic
        {
            protected Generic();
            public abstract void A<T>() where T : class?, new();
            public abstract void B<T>() where T : struct;
            public abstract void C<T>() where T : unmanaged;
            public abstract void D<T>() where T : notnull;
            public abstract void E<T>() where T : allows ref struct;
            public abstract void F<T, TItem>() where TItem : class, IEnumerable<T>;
        }
        """)]
#pragma warning restore DBXEXP000
    [InlineData(typeof(Samples.View), """
        public readonly ref struct Samples.View
        {
            public View(Span<int> items);
            public ref readonly int First { get; }
            public ref int At(int index);
        }
        """)]
    public void A_type_is_printed_the_way_it_was_written(Type type, string expected) =>
        Assert.Equal(
            $"namespace Connectors.Databricks.Tests.Architecture\n\n{expected.ReplaceLineEndings("\n")}\n",
            PublicApiPrinter.Print([type]));

    [Fact]
    public void Types_stand_under_their_namespace_in_ordinal_order() =>
        Assert.Equal(
            """
            namespace Connectors.Databricks.Tests.Architecture

            public enum Samples.Empty
            {
            }

            public interface Samples.IMark
            {
            }

            namespace System

            public interface IDisposable
            {
                void Dispose();
            }

            """.ReplaceLineEndings("\n"),
            PublicApiPrinter.Print([typeof(IDisposable), typeof(Samples.IMark), typeof(Samples.Empty)]));

    [Theory]
    [InlineData(typeof(Samples), null, true)]
    [InlineData(typeof(Samples.Outer<>), "Inner`1", true)]
    [InlineData(typeof(Samples.Outer<>), "Guarded", true)]
    [InlineData(typeof(Samples.Outer<>), "Hidden", false)]
    [InlineData(typeof(PublicApiPrinter), null, false)]
    public void Only_what_a_user_can_reach_is_visible(Type type, string? nested, bool isVisible) =>
        Assert.Equal(
            isVisible,
            PublicApiPrinter.IsVisible(nested is null ? type : type.GetNestedType(nested, BindingFlags.Public | BindingFlags.NonPublic)!));
}
