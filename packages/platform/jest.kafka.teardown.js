module.exports = async () => globalThis.novationTestKafka?.discard()
